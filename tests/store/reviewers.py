"""Projects of several reviewers, and what a project says by names instead of row numbers."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from annotator import store
from annotator.domain.changes import Author
from annotator.domain.models import OWN_LAYER
from annotator.store import Store
from tests.store.deciding import decide
from tests.store.situation import Choice

Said = dict[str, list[tuple[object, ...]]]

_ENTITY = "coalesce(entity.value, entity.name)"
_LAYER = f"CASE layer.id WHEN {OWN_LAYER} THEN '' ELSE layer.name END"
_QUERIES = {
    "articles": "SELECT name, title, date, source, status, note, flag, tags, removed, suggested, accepted, rejected FROM document",
    "spans": f"""SELECT document.name, {_LAYER}, start, "end", label.name, state, span.origin, text, span.note, span.flag, mod,
        "by", at, suggested_start, suggested_end, suggested_by FROM span JOIN document ON document.id = document
        JOIN layer ON layer.id = layer JOIN label ON label.id = label""",
    "links": f"""SELECT document.name, {_LAYER}, start, "end", label.name, link.state, {_ENTITY} FROM link
        JOIN span ON span.id = span JOIN document ON document.id = document JOIN layer ON layer.id = layer
        JOIN entity ON entity.id = entity JOIN label ON label.id = span.label""",
    "roles": f"""SELECT document.name, {_LAYER}, start, "end", role.state, role_type.name, {_ENTITY} FROM role
        JOIN span ON span.id = span JOIN document ON document.id = document JOIN layer ON layer.id = layer
        JOIN entity ON entity.id = entity JOIN role_type ON role_type.id = role.type""",
    "relations": f"""SELECT document.name, {_LAYER}, a.start, a."end", b.start, b."end", relation_type.name, relation.state
        FROM relation JOIN document ON document.id = relation.document JOIN span AS a ON a.id = from_span
        JOIN span AS b ON b.id = to_span JOIN layer ON layer.id = a.layer JOIN relation_type ON relation_type.id = relation.type""",
    "entities": "SELECT label.name, entity.name, value, uri, known FROM entity JOIN label ON label.id = label",
    "reviews": "SELECT document.name, layer.name, review.status, first, at, head, taken IS NOT NULL FROM review "
    "JOIN document ON document.id = document JOIN layer ON layer.id = layer",
    "pairs": "SELECT min(a.name, b.name), max(a.name, b.name) FROM distinct_pair JOIN entity AS a ON a.id = first "
    "JOIN entity AS b ON b.id = second",
    "labels": "SELECT name FROM label",
}  # fmt: skip


def said(path: Path) -> Said:
    """All that a project holds, by names; in what order rows were written makes no difference."""
    with closing(sqlite3.connect(path)) as connection:
        found = {name: connection.execute(query).fetchall() for name, query in _QUERIES.items()}
        names = connection.execute("SELECT name, aliases, note FROM entity").fetchall()
    found["names"] = [
        (name, *sorted(json.loads(aliases)), "/", *sorted((note or "").split("\n\n")))
        for name, aliases, note in names
    ]
    return {name: sorted(rows, key=repr) for name, rows in found.items()}


def decided(project: Store, who: str, choices: Iterable[Choice]) -> None:
    """Whatever the numbers choose, decided by a person, each a second after the one before."""
    for number, choice in enumerate(choices):
        author = Author(who, f"2026-11-24T01:{number // 60:02}:{number % 60:02}Z")
        change = decide(project, project.article(1 + choice.a % 2), author, choice)
        if change:
            project.apply(change, who)


def merge(into: Path, *others: Path) -> None:
    """As `merge_projects` does it, without the snapshot."""
    with store.open_project(into) as project:
        for other in sorted(others):
            with project.merging(other, "kim") as merger:
                assert [*merger.steps()]


def copied(path: Path, name: str) -> Path:
    return Path(shutil.copy(path, path.with_name(name)))
