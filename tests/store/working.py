"""A program at work on a project, for tests that kill it or let two of them meet.

usage: python -m tests.store.working PROJECT NAME SEED ACTS [PAGES]

It decides, undoes, does again, relabels many, imports and writes suggestions, in random order, and
prints a line for each act once the store has acknowledged it:

    do JOURNAL DIGEST      also undo, redo: the row of the journal and a digest of what it holds
    import NAME COUNT      articles NAME-0, NAME-1 ... are listed
    suggest DOCUMENT       the run is closed
    refused CODE           an act that the store refused

PAGES: the database may grow by so many pages and then meets a full disk.
"""

from __future__ import annotations

import hashlib
import random
import sys
from collections.abc import Iterator
from pathlib import Path

from annotator import store
from annotator.domain.article import Article
from annotator.domain.changes import Author, Changed, RowChange
from annotator.domain.edits import span_edits
from annotator.domain.suggestion import Suggestion
from annotator.errors import UserError
from annotator.store import Store
from tests.store.deciding import decide
from tests.store.making import record, span
from tests.store.situation import Choice

LABELS = ("PERSON", "ORG", "DATE", "ALLEGATION")
_MOST = 1 << 20
_KINDS = {"decide": 12, "undo": 4, "redo": 2, "bulk": 1, "import": 1, "suggest": 2}


def digest(rows: tuple[RowChange, ...]) -> str:
    """What a row of the journal holds, in few letters."""
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:16]


class Worker:
    """One reviewer's program. An act returns its line, None where there was nothing to do."""

    def __init__(self, project: Store, name: str, seed: int) -> None:
        self._project = project
        self._author = Author(name, "2026-11-24T01:02:03Z")
        self._random = random.Random(f"{name} {seed}")
        self._stale: Article | None = None
        self._imports = 0

    def acts(self, count: int) -> Iterator[str]:
        """Lines of acknowledged and refused acts."""
        for _ in range(count):
            [kind] = self._random.choices(list(_KINDS), list(_KINDS.values()))
            try:
                line: str | None = getattr(self, f"_{kind}")()
            except UserError as error:
                line = f"refused {error.code}"
            if line is not None:
                yield line

    def _article(self) -> Article:
        """Some article; now and then as it was some time ago, as on a screen that is behind."""
        if self._stale is None or self._random.random() < 0.7:
            listed = [row.id for row in self._project.documents(limit=4)]
            self._stale = self._project.article(self._random.choice(listed or [1]))  # all may be removed
        return self._stale

    def _decide(self) -> str | None:
        choice = Choice(*(self._random.randrange(_MOST) for _ in range(4)))
        change = decide(self._project, self._article(), self._author, choice)
        return _told(self._project.apply(change, self._author.name)) if change else None

    def _bulk(self) -> str | None:
        article = self._article()
        label = self._random.choice(sorted(article.labels))
        change = span_edits.relabel(article, sorted(article.spans), label, self._author)
        return _told(self._project.apply(change, self._author.name)) if change else None

    def _undo(self) -> str:
        return _told(self._project.undo(self._author.name))

    def _redo(self) -> str:
        return _told(self._project.redo(self._author.name))

    def _import(self) -> str:
        self._imports += 1
        name = f"{self._author.name}-{self._random.randrange(_MOST)}-{self._imports}"
        count = self._random.randint(1, 40)
        text = f"Anna of Nordbank, {name}, "
        records = [
            record(f"{name}-{i}", span("Anna", "PERSON", text, entity="anna"), text=f"{text}{i}.")
            for i in range(count)
        ]
        run = self._project.begin_run("import", name)
        try:
            counts = self._project.add_records(run, records, origin="import")
            self._project.end_run(run, counts)
        except UserError:
            self._project.cancel_run(run)
            raise
        return f"import {name} {count}"

    def _suggest(self) -> str:
        article = self._article()
        size = len(article.text)
        starts = [self._random.randrange(size) for _ in range(10)]
        found = [
            Suggestion(
                start, min(size, start + self._random.randint(1, 9)), self._random.choice(LABELS), None, None
            )
            for start in starts
        ]
        version = str(self._random.randrange(_MOST))
        run = self._project.begin_run("suggest", "model", version)
        counts = self._project.add_suggestions(run, "model", version, [(article.document.id, found)])
        self._project.end_run(run, counts)
        return f"suggest {article.document.id}"


def _told(changed: Changed) -> str:
    return f"{changed.kind} {changed.journal} {digest(changed.rows)}"


def main(project: str, name: str, seed: str, acts: str, pages: str = "") -> None:
    """Work, and say what was acknowledged."""
    with store.open_project(Path(project)) as opened:
        if pages:
            database = opened._db
            now = database.execute("PRAGMA page_count").fetchone()[0]
            database.execute(f"PRAGMA max_page_count = {now + int(pages)}")
        for line in Worker(opened, name, int(seed)).acts(int(acts)):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
