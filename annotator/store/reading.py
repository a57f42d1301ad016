"""What views ask for. Nothing here costs more because there are more articles."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple, TypeVar

from annotator.domain.article import Article
from annotator.domain.models import (
    OWN_LAYER,
    Document,
    Entity,
    Label,
    Layer,
    Link,
    Proposal,
    Relation,
    RelationType,
    Role,
    RoleType,
    Span,
)
from annotator.domain.verdicts import MEMORY
from annotator.store.schema import SEARCH

Model = TypeVar("Model", bound=tuple[Any, ...])


def closed(table: str) -> str:
    """SQL: the row was not written by an import that is still open."""
    return f"({table}.run IS NULL OR {table}.run NOT IN open_run)"


LISTED = f"document.removed = 0 AND {closed('document')}"
LISTED_FIELDS = "id, name, title, date, source, status, flag, suggested, accepted + rejected"
"""The columns of a `DocumentRow`."""
OWN_SPANS = f"span.layer = {OWN_LAYER} AND {closed('span')}"
_OF_OWN = f"JOIN span ON span.id = {{0}}.span WHERE {{0}}.entity = entity.id AND span.layer = {OWN_LAYER}"
SHOWN_ENTITIES = (
    f"{closed('entity')} AND ((SELECT count(*) FROM layer) = 1 OR known = 1 OR note IS NOT NULL OR uri IS NOT NULL "
    f"OR EXISTS (SELECT 1 FROM link {_OF_OWN.format('link')} AND link.state <> 'rejected') OR EXISTS (SELECT 1 FROM role {_OF_OWN.format('role')}))"
)
"""SQL: entities of the project itself; those that only a merged-in reviewer has are none of it."""
_ACCENTS = re.compile("[\u0300-\u0331]")
"""Combining ones, which the index passes over."""
CONTEXT = 80
"""Code points of text on either side of a mention."""


class DocumentRow(NamedTuple):
    """An article in a list: how much of it is decided, not what it says."""

    id: int
    name: str
    title: str | None
    date: str | None
    source: str | None
    status: str
    flag: int
    suggested: int
    decided: int


class Mention(NamedTuple):
    """A span of an entity, in its article. `before` and `after` are CONTEXT code points at most."""

    span: Span
    link_state: str
    document: str
    title: str | None
    date: str | None
    source: str | None
    before: str
    after: str


class Hit(NamedTuple):
    """An article that holds the words; `snippet` marks them with U+E000 and U+E001."""

    document: int
    name: str
    title: str | None
    snippet: str


def columns(model: type, table: str) -> str:
    """The columns of a model, for a SELECT."""
    return ", ".join(f'{table}."{name}"' for name in model._fields)  # type: ignore[attr-defined]


def rows(
    connection: sqlite3.Connection, model: type[Model], table: str, rest: str, values: Iterable[object] = ()
) -> list[Model]:
    """Rows of a table as its model."""
    found = connection.execute(f"SELECT {columns(model, table)} FROM {table} {rest}", tuple(values))
    return [model._make(row) for row in found]  # type: ignore[attr-defined]


def labels(connection: sqlite3.Connection) -> list[Label]:
    return rows(connection, Label, "label", "ORDER BY position, id")


def role_types(connection: sqlite3.Connection) -> list[RoleType]:
    return rows(connection, RoleType, "role_type", "ORDER BY position, id")


def relation_types(connection: sqlite3.Connection) -> list[RelationType]:
    return rows(connection, RelationType, "relation_type", "ORDER BY position, id")


def layers(connection: sqlite3.Connection) -> list[Layer]:
    return rows(connection, Layer, "layer", "ORDER BY id")


def documents(
    connection: sqlite3.Connection, statuses: Collection[str], words: str, limit: int, offset: int
) -> list[DocumentRow]:
    """Articles in queue order; `words` are looked for in title, source and text."""
    where, values = filtered(statuses, words)
    found = connection.execute(
        f"SELECT {LISTED_FIELDS} FROM document WHERE {where} ORDER BY id LIMIT ? OFFSET ?",
        (*values, limit, offset),
    )
    return [DocumentRow._make(row) for row in found]


def document_count(connection: sqlite3.Connection, statuses: Collection[str], words: str) -> int:
    where, values = filtered(statuses, words)
    return int(connection.execute(f"SELECT count(*) FROM document WHERE {where}", values).fetchone()[0])


def document_row(connection: sqlite3.Connection, number: int) -> DocumentRow | None:
    found = connection.execute(
        f"SELECT {LISTED_FIELDS} FROM document WHERE id = ? AND {LISTED}",
        (number,),
    ).fetchone()
    return None if found is None else DocumentRow._make(found)


def position(connection: sqlite3.Connection, number: int, statuses: Collection[str], words: str) -> int:
    """How many listed articles stand before this one."""
    where, values = filtered(statuses, words)
    return int(
        connection.execute(
            f"SELECT count(*) FROM document WHERE {where} AND id < ?", (*values, number)
        ).fetchone()[0]
    )


def filtered(statuses: Collection[str], words: str) -> tuple[str, list[object]]:
    """SQL for listed articles of these statuses that hold these words, and its values."""
    where, values = LISTED, list[object]()
    if statuses:
        where += f" AND status IN ({', '.join('?' * len(statuses))})"
        values += statuses
    query = match_query(words)
    if query:
        where += (
            f" AND (id IN (SELECT rowid FROM {SEARCH} WHERE {SEARCH} MATCH ?) OR source LIKE ? ESCAPE '\\')"
        )
        values += [query, f"%{escaped(words.strip())}%"]
    return where, values


def escaped(words: str) -> str:
    """Words for LIKE ... ESCAPE '\\'."""
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def match_query(words: str) -> str:
    """What a person typed as a search for all of its words, the last one as a beginning.

    The index holds no places, so each word must be one token of its tokenizer (no letter that came
    to Unicode later is one): two of them together would be a phrase, which it refuses.
    """
    plain = _ACCENTS.sub("", unicodedata.normalize("NFC", words))
    known = "".join(char if unicodedata.ucd_3_2_0.category(char)[0] in "LN" else " " for char in plain)
    tokens = [f'"{token}"' for token in known.split()]
    if tokens and known[-1] != " ":
        tokens[-1] += "*"
    return " ".join(tokens)


def neighbour(
    connection: sqlite3.Connection, number: int, step: int, statuses: Collection[str]
) -> int | None:
    """The next (1) or previous (-1) article of the queue, past this one."""
    where, values = filtered(statuses, "")
    compare, order = (">", "ASC") if step > 0 else ("<", "DESC")
    found = connection.execute(
        f"SELECT id FROM document WHERE {where} AND id {compare} ? ORDER BY id {order} LIMIT 1",
        (*values, number),
    ).fetchone()
    return None if found is None else int(found[0])


def document(connection: sqlite3.Connection, number: int) -> Document | None:
    found = rows(connection, Document, "document", "WHERE id = ?", (number,))
    return found[0] if found else None


def text(connection: sqlite3.Connection, number: int) -> str:
    return str(connection.execute("SELECT text FROM document_text WHERE id = ?", (number,)).fetchone()[0])


def article(connection: sqlite3.Connection, number: int) -> Article | None:
    """An article with all that hangs on it, read at one moment."""
    head = document(connection, number)
    if head is None:
        return None

    def of_spans(table: str) -> str:
        return (
            f"JOIN span ON span.id = {table}.span WHERE span.document = ? AND {OWN_SPANS} AND {closed(table)}"
        )

    return Article(
        head,
        text(connection, number),
        labels(connection),
        spans=rows(connection, Span, "span", f"WHERE document = ? AND {OWN_SPANS}", (number,)),
        links=rows(connection, Link, "link", of_spans("link"), (number,)),
        roles=rows(connection, Role, "role", of_spans("role"), (number,)),
        relations=rows(
            connection,
            Relation,
            "relation",
            "JOIN span ON span.id = relation.from_span "
            f"WHERE relation.document = ? AND {OWN_SPANS} AND {closed('relation')}",
            (number,),
        ),
        entities=rows(
            connection,
            Entity,
            "entity",
            "WHERE id IN (SELECT link.entity FROM link JOIN span ON span.id = link.span "
            f"WHERE span.document = ?1 AND {closed('link')}) OR id IN (SELECT role.entity FROM role "
            f"JOIN span ON span.id = role.span WHERE span.document = ?1 AND {closed('role')})",
            (number,),
        ),
    )


def proposals(connection: sqlite3.Connection, number: int, start: int, end: int) -> list[Proposal]:
    """Who proposed exactly this place, best first."""
    return rows(
        connection,
        Proposal,
        "proposal",
        'WHERE document = ? AND start = ? AND "end" = ? ORDER BY score DESC',
        (number, start, end),
    )


def proposals_of(connection: sqlite3.Connection, number: int) -> list[Proposal]:
    """Of each place and label the surest proposal, in reading order; without what decisions made of them."""
    rest = f"WHERE document = ? AND suggester <> '{MEMORY}' ORDER BY score, id DESC"
    found = rows(connection, Proposal, "proposal", rest, (number,))
    best = {(one.start, one.end, one.label): one for one in found}
    return [best[place] for place in sorted(best)]


def entity(connection: sqlite3.Connection, number: int) -> Entity | None:
    found = rows(connection, Entity, "entity", "WHERE id = ?", (number,))
    return found[0] if found else None


def entities(connection: sqlite3.Connection, label: int, words: str, limit: int) -> list[Entity]:
    """Entities of a label whose name or an alias holds the words, by name."""
    return _like(connection, label, [f"%{escaped(words)}%"], limit)


def entities_like(
    connection: sqlite3.Connection, label: int, words: Iterable[str], limit: int
) -> list[Entity]:
    """Entities of a label with one of the words in a name. Words may hold `%` for any letters."""
    patterns = ["%" + word.replace("_", "\\_") + "%" for word in words]
    return _like(connection, label, patterns, limit) if patterns else []


def _like(connection: sqlite3.Connection, label: int, patterns: list[str], limit: int) -> list[Entity]:
    either = " OR ".join(["name LIKE ? ESCAPE '\\' OR aliases LIKE ? ESCAPE '\\'"] * len(patterns))
    values = [pattern for pattern in patterns for _ in range(2)]
    rest = f"WHERE label = ? AND {closed('entity')} AND ({either}) ORDER BY name COLLATE NOCASE LIMIT ?"
    return rows(connection, Entity, "entity", rest, (label, *values, limit))


def entity_with_value(connection: sqlite3.Connection, label: int, value: str) -> Entity | None:
    found = rows(connection, Entity, "entity", "WHERE label = ? AND value = ?", (label, value))
    return found[0] if found else None


def free_key(connection: sqlite3.Connection, base: str) -> str:
    """The key itself, or with the first number behind it that no entity has or had."""
    # "." is the character behind "-": the range holds every key that goes on with a hyphen.
    ranges = " UNION ALL ".join(
        f"SELECT key FROM {table} WHERE key = ?1 UNION ALL "
        f"SELECT key FROM {table} WHERE key > ?1 || '-' AND key < ?1 || '.'"
        for table in ("entity", "key_alias")
    )
    taken = {key for (key,) in connection.execute(ranges, (base,))}
    if base not in taken:
        return base
    return next(f"{base}-{i}" for i in range(2, len(taken) + 3) if f"{base}-{i}" not in taken)


MENTION = (
    f"{columns(Span, 'span')}, document.name, document.title, document.date, document.source, "
    f"substr(text.text, max(1, span.start - {CONTEXT - 1}), span.start - max(0, span.start - {CONTEXT})), "
    f'substr(text.text, span."end" + 1, {CONTEXT}), '
)
"""What a mention is read from (the table of texts is called `text`); the state of its link comes last."""


def as_mention(row: tuple[Any, ...]) -> Mention:
    """A row of `MENTION` and a link's state."""
    width = len(Span._fields)
    return Mention(Span._make(row[:width]), row[-1], *row[width:-1])


def mentions(connection: sqlite3.Connection, number: int, limit: int, offset: int = 0) -> list[Mention]:
    """Spans that are linked to an entity, or proposed to be, by article and place."""
    found = connection.execute(
        f"SELECT {MENTION} link.state "
        "FROM link JOIN span ON span.id = link.span JOIN document ON document.id = span.document "
        "JOIN document_text AS text ON text.id = span.document "
        f"WHERE link.entity = ? AND link.state <> 'rejected' AND {closed('link')} AND {OWN_SPANS} AND {LISTED} "
        "ORDER BY span.document, span.start LIMIT ? OFFSET ?",
        (number, limit, offset),
    )
    return [as_mention(row) for row in found]


def mention_counts(connection: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Accepted mentions and their articles, for each of these entities."""
    counts = {}
    for number in numbers:
        found = connection.execute(
            "SELECT count(*), count(DISTINCT span.document) FROM link JOIN span ON span.id = link.span "
            f"JOIN document ON document.id = span.document WHERE link.entity = ? AND link.state = 'accepted' "
            f"AND {closed('link')} AND {OWN_SPANS} AND {LISTED}",
            (number,),
        ).fetchone()
        counts[number] = (int(found[0]), int(found[1]))
    return counts


def search(connection: sqlite3.Connection, words: str, limit: int, offset: int) -> list[Hit]:
    """Articles that hold all the words, in queue order, each with its first place."""
    query = match_query(words)
    if not query:
        return []
    found = connection.execute(
        "SELECT document.id, document.name, document.title, "
        f"snippet({SEARCH}, -1, char(57344), char(57345), '…', 16) "
        f"FROM {SEARCH} JOIN document ON document.id = {SEARCH}.rowid WHERE {SEARCH} MATCH ? AND {LISTED} "
        f"ORDER BY {SEARCH}.rowid LIMIT ? OFFSET ?",
        (query, limit, offset),
    )
    return [Hit._make(row) for row in found]


def counts(connection: sqlite3.Connection) -> dict[str, int]:
    """Articles by status, spans by state, entities and accepted links of the whole project."""
    found = connection.execute(
        "SELECT count(*), sum(status = 'new'), sum(status = 'in_progress'), sum(status = 'done'), "
        f"sum(suggested), sum(accepted), sum(rejected) FROM document WHERE {LISTED}"
    ).fetchone()
    names = ("documents", "new", "in_progress", "done", "suggested", "accepted", "rejected")
    totals = {name: int(number or 0) for name, number in zip(names, found, strict=True)}
    totals["entities"] = int(
        connection.execute(f"SELECT count(*) FROM entity WHERE {SHOWN_ENTITIES}").fetchone()[0]
    )
    totals["links"] = int(
        connection.execute(
            "SELECT count(*) FROM link JOIN span ON span.id = link.span WHERE link.state = 'accepted' "
            f"AND {closed('link')} AND span.layer = {OWN_LAYER}"
        ).fetchone()[0]
    )
    return totals


def label_counts(connection: sqlite3.Connection) -> list[tuple[str, str, int]]:
    """How many spans there are by label and state."""
    return connection.execute(
        "SELECT label.name, span.state, count(*) FROM span JOIN label ON label.id = span.label "
        f"JOIN document ON document.id = span.document WHERE {OWN_SPANS} AND {LISTED} "
        "GROUP BY label.id, span.state ORDER BY label.position, span.state"
    ).fetchall()
