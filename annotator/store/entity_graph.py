"""Allegations with those who have a role in them, over all articles: for graph and time line."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from annotator.domain.models import ACCEPTED, KIND_CLAIM, REJECTED
from annotator.store.entity_reading import EntityRow, entity_rows_where
from annotator.store.reading import LISTED, OWN_SPANS


class RoleEdge(NamedTuple):
    """An entity in a role of an allegation; `conduct` is the allegation's own entity, if it has one."""

    span: int
    role: str
    entity: int
    conduct: int | None


class Claim(NamedTuple):
    """An allegation: when and where it was said (its article's date and source, or title), who accuses
    whom, and about when (values of its date roles)."""

    document: int
    span: int
    quote: str
    said: str | None
    conduct: int | None
    name: str
    accused: tuple[str, ...]
    about: tuple[str, ...]
    accusers: tuple[str, ...]
    source: str


def role_edges(
    connection: sqlite3.Connection, spans: Iterable[int] | None, *, proposed: bool
) -> list[RoleEdge]:
    """The roles of these allegations, or of all; proposed ones and proposed links too where asked for."""
    states = _states(proposed)
    these = "" if spans is None else "AND role.span IN (SELECT value FROM json_each(?)) "
    values = [] if spans is None else [json.dumps([*spans])]
    found = connection.execute(
        f"SELECT role.span, role_type.name, role.entity, {_CONDUCT.format(states=states)} "
        "FROM role JOIN role_type ON role_type.id = role.type JOIN span ON span.id = role.span "
        f"JOIN document ON document.id = span.document WHERE role.state IN {states} "
        f"AND span.state <> '{REJECTED}' AND {OWN_SPANS} AND {LISTED} {these}ORDER BY role.span, role.id",
        values,
    )
    return [RoleEdge._make(row) for row in found]


def claims(connection: sqlite3.Connection, entity: int | None, *, proposed: bool) -> list[Claim]:
    """Allegations that are not rejected, all or those that an entity has to do with."""
    states = _states(proposed)
    found = connection.execute(
        "SELECT span.document, span.id, span.text, document.date, coalesce(document.source, document.title), "
        f"{_CONDUCT.format(states=states)} AS conduct FROM span JOIN document ON document.id = span.document "
        f"JOIN label ON label.id = span.label WHERE label.kind = '{KIND_CLAIM}' AND span.state IN {states} "
        f"AND {OWN_SPANS} AND {LISTED} AND (?1 IS NULL OR conduct = ?1 OR EXISTS "
        f"(SELECT 1 FROM role WHERE role.span = span.id AND role.entity = ?1 AND role.state IN {states})) "
        "ORDER BY span.document, span.start",
        (entity,),
    ).fetchall()
    names = dict(connection.execute("SELECT id, name FROM entity WHERE id IN (SELECT value FROM json_each(?))",
                                    (json.dumps([row[5] for row in found if row[5] is not None]),)))  # fmt: skip
    roles = _roles(connection, [row[1] for row in found], states)
    return [
        Claim(
            document, span, quote, said, conduct, names.get(conduct, quote),
            tuple(roles.get((span, "accused"), ())), tuple(roles.get((span, "date"), ())),
            tuple(roles.get((span, "accuser"), ())), source,
        )
        for document, span, quote, said, source, conduct in found
    ]  # fmt: skip


def entity_rows_of(connection: sqlite3.Connection, numbers: Iterable[int]) -> list[EntityRow]:
    """These entities as they are listed, by name."""
    where = "id IN (SELECT value FROM json_each(?))"
    return entity_rows_where(connection, where, [json.dumps([*numbers])], "name", -1, 0)


_CONDUCT = "(SELECT link.entity FROM link WHERE link.span = span.id AND link.state IN {states} ORDER BY link.state LIMIT 1)"


def _states(proposed: bool) -> str:
    return "('accepted', 'suggested')" if proposed else f"('{ACCEPTED}')"


def _roles(connection: sqlite3.Connection, spans: list[int], states: str) -> dict[tuple[int, str], list[str]]:
    """Names, or values of dates, by span and role."""
    found: dict[tuple[int, str], list[str]] = {}
    for span, role, name in connection.execute(
        "SELECT role.span, role_type.name, coalesce(entity.value, entity.name) FROM role "
        "JOIN role_type ON role_type.id = role.type JOIN entity ON entity.id = role.entity "
        f"WHERE role.state IN {states} AND role.span IN (SELECT value FROM json_each(?)) ORDER BY role.id",
        (json.dumps(spans),),
    ):
        found.setdefault((span, role), []).append(name)
    return found
