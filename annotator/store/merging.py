"""Another reviewer's project into this one, a few articles a transaction.

Articles are one where the text agrees and no title, date or source differs. What the others decided
goes into a layer of theirs; where this project decided nothing, its own layer follows (`merge_taking`).
A merge that breaks off leaves whole articles behind, and merging again goes on where it ended.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotator.domain.changes import ChangeSet, Message
from annotator.domain.clock import now
from annotator.domain.models import NEW, OWN_LAYER
from annotator.domain.verdicts import MEMORY
from annotator.store import journal, runs
from annotator.store.applying import drop_orphan
from annotator.store.connection import immediate
from annotator.store.importing import digest_of
from annotator.store.merge_maps import OTHER, Maps
from annotator.store.merge_source import HANGING, reviewer_of, story
from annotator.store.merge_taking import Taking
from annotator.store.merge_units import Units

_HEAD = ("title", "date", "source", "note", "flag", "tags")
_EMPTY = (None, None, None, None, 0, "[]")
_ENTITIES = 200
"""Entities in one transaction where only they come in."""


class Merger:
    """One project's way into another. `counts` says what came in."""

    def __init__(self, connection: sqlite3.Connection, copy: Path, source: Path, reviewer: str) -> None:
        """`copy` is a frozen one of `source`; `reviewer` is who merges."""
        self._db = connection
        self._reviewer = reviewer
        self.counts: Counter[str] = Counter()
        connection.execute(f"ATTACH ? AS {OTHER}", (f"{copy.absolute().as_uri()}?mode=ro",))
        self.whose = reviewer_of(connection, source, OTHER)
        settings = {"reviewer": reviewer, "layer": self.whose}
        self._run = runs.begin(connection, "merge", source.name, settings=settings)
        mine, self._story = story(connection, "main"), story(connection, OTHER)
        with immediate(connection, durable=False):
            self._maps = Maps(connection, self._run, self.whose, mine.names, self._story.names)
        self._units = Units(connection, self._run, self._story)
        self._taking = Taking(connection, self._run, mine.rows)
        self._layers: list[tuple[int, int]] = connection.execute(
            "SELECT theirs, mine FROM temp.map_layer"
        ).fetchall()
        self._proposed: set[int] = set()
        self._own = next(mine for theirs, mine in self._layers if theirs == OWN_LAYER)

    def steps(self) -> Iterator[tuple[int, int]]:
        """Do the work; after each transaction, how many articles of how many are in."""
        numbers = [
            number
            for (number,) in self._db.execute(
                f"SELECT id FROM {OTHER}.document WHERE removed = 0 ORDER BY id"
            )
        ]
        for start in range(0, len(numbers), runs.SLICE):
            self._slice(numbers[start : start + runs.SLICE])
            yield min(start + runs.SLICE, len(numbers)), len(numbers)
        self._known_entities()
        self._pairs()
        runs.end(self._db, self._run, self.counts)
        yield len(numbers), len(numbers)

    def close(self) -> None:
        """End the run where it is not ended, and let go of the other project."""
        runs.cancel(self._db, self._run)
        self._db.execute(f"DETACH {OTHER}")

    def _slice(self, numbers: list[int]) -> None:
        with immediate(self._db, durable=False):
            runs.go_on(self._db, self._run)
            self._db.execute("DELETE FROM temp.map_document")
            mine = {number: self._document(number) for number in numbers}
            decided = self._units.stage()
            reviewed = [layer for theirs in numbers for layer in self._review(theirs, mine[theirs], decided)]
            self.counts["decisions"] += self._units.keep_newer()
            changed = self._db.execute("SELECT DISTINCT document, layer FROM temp.unit").fetchall()
            self._write_units()
            self._take_over([*dict.fromkeys(mine.values())], {*changed, *reviewed})

    def _document(self, theirs: int) -> int:
        """The article here, made where it is not."""
        name, digest, meta, extra, *head = self._db.execute(
            f"SELECT name, digest, meta, extra, title, date, source FROM {OTHER}.document WHERE id = ?",
            (theirs,),
        ).fetchone()
        mine, twin = None, None
        for number, *known in self._db.execute(
            "SELECT id, title, date, source FROM document WHERE digest = ? AND (run IS NULL OR run NOT IN open_run) ORDER BY id",
            (digest,),
        ).fetchall():
            if all(a is None or b is None or a == b for a, b in zip(head, known, strict=True)):
                mine = int(number)
                break
            twin = twin or int(number)
        if mine is None:
            mine = self._new_document(theirs, name, digest, (meta, extra, *head), twin)
        else:
            self.counts["documents_joined"] += 1
        self._db.execute("INSERT INTO temp.map_document VALUES (?, ?)", (theirs, mine))
        by_merge = self._db.execute(
            "SELECT 1 FROM document JOIN run ON run.id = document.run WHERE document.id = ? AND run.kind = 'merge'",
            (mine,),
        ).fetchone()
        if by_merge is not None:
            self._proposals(theirs, mine)
        return mine

    def _new_document(
        self, theirs: int, name: str, digest: str, head: tuple[Any, ...], twin: int | None
    ) -> int:
        taken = self._db.execute("SELECT 1 FROM document WHERE name = ?", (name,)).fetchone()
        free = f"{name}~{digest_of(json.dumps([digest, *head]))[:8]}" if taken else name
        mine = self._db.execute(
            "INSERT INTO document (name, digest, meta, extra, title, date, source, same_text_as, run) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (free, digest, *head, twin, self._run),
        ).lastrowid
        self._db.execute(
            f"INSERT INTO document_text (id, title, text) SELECT ?, ?, text FROM {OTHER}.document_text WHERE id = ?",
            (mine, head[2], theirs),
        )
        self.counts["documents"] += 1
        return mine or 0

    def _proposals(self, theirs: int, mine: int) -> None:
        """What suggesters said of an article that this project had not."""
        added = self._db.execute(
            'INSERT OR IGNORE INTO proposal (document, start, "end", label, suggester, score, why, run) '
            f'SELECT ?, start, "end", l.mine, suggester, score, why, ? FROM {OTHER}.proposal AS p '
            "JOIN temp.map_label AS l ON l.theirs = p.label WHERE document = ? AND NOT (suggester = ? AND score = 0) ORDER BY p.id",
            (mine, self._run, theirs, MEMORY),
        ).rowcount
        if added:
            self._proposed.add(mine)

    def _review(
        self, theirs: int, mine: int, decided: dict[int, tuple[int, str, str]]
    ) -> Iterator[tuple[int, int]]:
        """How far the reviewers were in an article: of the project itself and of those merged into it before."""
        status, *head = self._db.execute(
            f"SELECT status, {', '.join(_HEAD)} FROM {OTHER}.document WHERE id = ?", (theirs,)
        ).fetchone()
        said = {name: value for name, value, empty in zip(_HEAD, head, _EMPTY, strict=True) if value != empty}
        count, first, last = decided.get(mine, (0, "", ""))
        touch = self._story.documents.get(theirs)
        if status != NEW or count or head[3] or head[4]:
            at = max(last, touch.at if touch else "")
            if self._put_review(
                mine, self._own, (status, first or at, at, json.dumps(said, ensure_ascii=False))
            ):
                yield mine, self._own
        for layer, *review in self._db.execute(
            f"SELECT m.mine, status, first, at, head FROM {OTHER}.review JOIN temp.map_layer AS m ON m.theirs = layer WHERE document = ?",
            (theirs,),
        ).fetchall():
            if self._put_review(mine, layer, tuple(review)):
                yield mine, layer

    def _put_review(self, document: int, layer: int, new: tuple[str, ...]) -> bool:
        """Keep the later of two states of a review; whether anything is new."""
        status, first, at, head = new
        old = self._db.execute(
            "SELECT status, first, at, head FROM review WHERE document = ? AND layer = ?", (document, layer)
        ).fetchone()
        if old is not None:
            status, at, head = (
                max((at, status, head), (old[2], old[0], old[3]))[1],
                max(at, old[2]),
                max((at, status, head), (old[2], old[0], old[3]))[2],
            )
            first = min(first, old[1])
        if old == (status, first, at, head):
            return False
        self._db.execute(
            "INSERT INTO review (document, layer, status, first, at, head) VALUES (?1, ?2, ?3, ?4, ?5, ?6) "
            "ON CONFLICT (document, layer) DO UPDATE SET status = ?3, first = ?4, at = ?5, head = ?6",
            (document, layer, status, first, at, head),
        )
        return True

    def _write_units(self) -> None:
        spans = json.dumps(self._units.outdated())
        for table, column in HANGING.items():
            self._taking.drop_hanging(table, f"{column} IN (SELECT value FROM json_each(?))", (spans,))
        self._taking.told += self._maps.entities(self._units.entities())
        self._units.write()
        self._units.relate()

    def _take_over(self, documents: list[int], changed: set[tuple[int, int]]) -> None:
        for document in documents:
            layers = frozenset(layer for number, layer in changed if number == document)
            if layers and self._taking.take_over(document, changed=layers):
                self.counts["documents_taken"] += 1
            elif document in self._proposed:
                self._taking.suggest(document)
        self._proposed.clear()
        self._tell()

    def _tell(self) -> None:
        """Entities that nothing names any more go; the journal hears of the rows that it knows."""
        taking = self._taking
        for entity in sorted(taking.left):
            taking.told += [row for row in drop_orphan(self._db, entity) if taking.knows(row)]
        taking.left.clear()
        told = [row for row in taking.told if taking.knows(row)]
        taking.told.clear()
        if told:
            change = ChangeSet(Message("merge.adopted", {"name": self.whose}), tuple(told))
            journal.append(self._db, "adopt", change, self._reviewer, now())

    def _known_entities(self) -> None:
        """Entities that may stand without a mention."""
        numbers = [
            number
            for (number,) in self._db.execute(
                f"SELECT id FROM {OTHER}.entity WHERE known = 1 OR note IS NOT NULL OR uri IS NOT NULL "
                "EXCEPT SELECT theirs FROM temp.map_entity ORDER BY 1"
            )
        ]
        for start in range(0, len(numbers), _ENTITIES):
            with immediate(self._db, durable=False):
                self._taking.told += self._maps.entities(numbers[start : start + _ENTITIES])
                self._tell()

    def _pairs(self) -> None:
        with immediate(self._db, durable=False):
            self._db.execute(
                'INSERT OR IGNORE INTO distinct_pair (first, second, "by", at) SELECT min(a.mine, b.mine), max(a.mine, b.mine), '
                f'"by", at FROM {OTHER}.distinct_pair AS p JOIN temp.map_entity AS a ON a.theirs = p.first '
                "JOIN temp.map_entity AS b ON b.theirs = p.second WHERE a.mine <> b.mine"
            )
            self._db.execute(
                f"INSERT OR IGNORE INTO key_alias (key, entity) SELECT key, m.mine FROM {OTHER}.key_alias "
                "JOIN temp.map_entity AS m ON m.theirs = entity WHERE key NOT IN (SELECT key FROM main.entity)"
            )
