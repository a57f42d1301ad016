"""One project file, open: what the layers above may ask of it and write to it.

A Store belongs to one thread. Whatever SQLite refuses comes out as a UserError.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from annotator.domain.changes import Changed, ChangeSet, came_or_went
from annotator.domain.clock import now
from annotator.domain.models import Label, Row
from annotator.domain.recall import Place, Recalled
from annotator.domain.record import Record
from annotator.domain.suggestion import Suggestion
from annotator.errors import UserError
from annotator.store import (
    applying,
    checking,
    compacting,
    journal,
    knowledge,
    remembering,
    runs,
    snapshots,
    suggesting,
)
from annotator.store.checking import Problem
from annotator.store.connection import (
    connect,
    connect_new,
    immediate,
)
from annotator.store.files import FileWatch, copy_into
from annotator.store.importing import AS_IS, Importer
from annotator.store.linking import LinkWriter
from annotator.store.news import News
from annotator.store.reader import Reader
from annotator.store.remembering import Known, Written
from annotator.store.snapshots import Snapshot
from annotator.store.trouble import is_taken, told

if TYPE_CHECKING:
    from annotator.store.merging import Merger


def create(path: Path) -> Store:
    """Make a project with the default labels. UserError where the file is there already."""
    with told(path):
        return Store(path, connect_new(path))


def open_project(path: Path, *, read_only: bool = False) -> Store:
    """Open a project, ending what a program that crashed left open. UserError where it cannot be."""
    store = Store(path, connect(path, read_only=read_only), read_only=read_only)
    try:
        if not read_only:
            store.clean_crashed()
    except BaseException:
        store.close()
        raise
    return store


class Store(Reader):
    """See the module. `read_only` projects refuse every write with a sentence."""

    def __init__(self, path: Path, connection: sqlite3.Connection, *, read_only: bool = False) -> None:
        super().__init__(path, connection)
        self.read_only = read_only
        self._watch = FileWatch(path)
        try:
            with told(path):  # these are the first pages that are read of a damaged file
                self._news = News(connection)
        except BaseException:
            connection.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Write the log back into the main file and let go of it."""
        self._db.close()

    # Settings

    def set_setting(self, key: str, value: object) -> None:
        """Keep a JSON value under a key."""
        with self._writing():
            self._db.execute(
                "INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2",
                (key, json.dumps(value)),
            )

    def take_labels(self, labels: Iterable[Label]) -> None:
        """Begin with these labels instead of the usual ones. Only for a project without articles."""
        names = Label._fields
        columns, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
        with self._writing():
            self._db.execute("DELETE FROM label")
            self._db.executemany(f"INSERT INTO label ({columns}) VALUES ({marks})", labels)

    # Decisions

    def apply(self, change: ChangeSet, reviewer: str) -> Changed:
        """Write a decision with its journal row. UserError "change.conflict": nothing was changed."""
        return self._decide("do", change, reviewer, None)

    def undo(self, reviewer: str) -> Changed:
        """Take back this reviewer's newest decision that stands.

        UserError "undo.nothing", "undo.blocked" where a newer change stands in the way,
        or "undo.overtaken" where an import does.
        """
        with told(self.path):
            target = journal.to_undo(self._db, reviewer)
        return self._step_back("undo", target, reviewer)

    def redo(self, reviewer: str) -> Changed:
        """Make again what was undone last. UserError "redo.nothing", "redo.blocked" or "redo.overtaken"."""
        with told(self.path):
            target = journal.to_redo(self._db, reviewer)
        return self._step_back("redo", target, reviewer)

    def _step_back(self, kind: str, target: int | None, reviewer: str) -> Changed:
        if target is None:
            raise UserError(f"{kind}.nothing")
        with told(self.path):
            found = journal.entry(self._db, target)
            if not found.changes:
                raise UserError(f"{kind}.compacted", title=found.title)
            change = journal.change_of(found).inverse() if kind == "undo" else journal.again(self._db, found)
        try:
            return self._decide(kind, change, reviewer, target)
        except UserError as error:
            if error.code != "change.conflict":
                raise
            newer = journal.in_the_way(self._db, change, target)
            code = f"{kind}.{'overtaken' if newer is None else 'blocked'}"
            raise UserError(code, title=found.title, newer=newer) from error

    def _decide(self, kind: str, change: ChangeSet, reviewer: str, target: int | None) -> Changed:
        if not change:
            raise ValueError("an empty change is no decision")
        try:
            with self._writing():
                applied, documents = applying.write(self._db, self._handled, change)
                # An undo is journalled as what it did, so that the rows can be followed forwards.
                number = journal.append(self._db, kind, applied, reviewer, now(), target)
        except sqlite3.IntegrityError as error:
            if not is_taken(error):
                raise
            # At the commit: another program hung a row on one that is deleted here.
            raise UserError("change.conflict") from error
        self._news.leave_out(number)
        listed = came_or_went(applied.rows)
        return Changed(
            kind, applied.rows, documents, applied.title, applied.document, applied.span, number, listed
        )

    def news(self) -> list[Changed]:
        """What other connections committed since the last call; cheap where there is nothing.

        Their decisions come row by row. A last entry of kind "foreign" without rows says that
        anything else may have changed too: compare revisions of what is shown; `listed` says
        whether other articles may be in the lists.
        """
        with told(self.path):
            return self._news.look()

    # Runs

    def begin_run(
        self, kind: str, name: str, version: str = "", settings: Mapping[str, object] | None = None
    ) -> int:
        """Open a run of kind import, suggest, link, memory, train or merge."""
        self._may_write()
        with told(self.path):
            return runs.begin(self._db, kind, name, version, settings)

    def end_run(self, run: int, counts: Mapping[str, object]) -> None:
        """Close a run: what it wrote is seen from here on."""
        self._may_write()
        with told(self.path):
            runs.end(self._db, run, counts)

    def cancel_run(self, run: int) -> None:
        """End a run early. An import's rows go, in slices; finished articles of others stay."""
        with told(self.path):
            runs.cancel(self._db, run)

    def clean_crashed(self) -> int:
        """End the open runs of programs that died; how many."""
        with told(self.path):
            return runs.clean_crashed(self._db)

    def add_records(
        self, run: int, records: Iterable[Record], *, mode: str = AS_IS, origin: str
    ) -> Counter[str]:
        """Write interchange records under an open import run; what came in, counted."""
        self._may_write()
        with told(self.path):
            return Importer(self._db, run, mode, origin).add(records)

    def add_known(self, run: int, entries: Iterable[Row]) -> Counter[str]:
        """Write entities of a knowledge base under an open import run: "added", or "met" before."""
        self._may_write()
        with told(self.path):
            return knowledge.add(self._db, run, entries)

    def add_suggestions(
        self, run: int, suggester: str, version: str, found: Iterable[tuple[int, Iterable[Suggestion]]]
    ) -> Counter[str]:
        """Write what a suggester found in some articles, each in a transaction of its own.

        An article that is gone or done meanwhile is passed over.
        """
        counts: Counter[str] = Counter()
        for document, suggestions in found:
            with self._writing(durable=False):
                runs.go_on(self._db, run)
                status = self._db.execute("SELECT status FROM document WHERE id = ?", (document,)).fetchone()
                if status is None or status[0] == "done":
                    counts["skipped"] += 1
                    continue
                result = suggesting.write(self._db, self._handled, run, document, suggester, suggestions)
                suggesting.mark_seen(self._db, run, document, suggester, version)
            counts.update(documents=1, spans=result.added, withdrawn=result.withdrawn)
        return counts

    def recall(self, run: int, said: Iterable[tuple[Known, Mapping[Place, Recalled]]]) -> dict[int, Written]:
        """Write what the memory says of some articles, in one transaction: what changed, by article.

        One that changed since it was read is left out.
        """
        written = {}
        with self._writing(durable=False):
            runs.go_on(self._db, run)
            for known, wanted in said:
                found = self._db.execute("SELECT revision FROM document WHERE id = ?", (known.document,))
                if found.fetchone() == (known.revision,):
                    written[known.document] = remembering.write(
                        self._db, self._handled, run, known.document, wanted
                    )
        return written

    def take_back_memory(self) -> Iterator[tuple[int, Written]]:
        """Take back all that the memory said where nobody decided, some articles at a time."""
        documents = self.remembered()
        for start in range(0, len(documents), runs.SLICE):
            done = []
            with self._writing(durable=False):
                for document in documents[start : start + runs.SLICE]:
                    done.append((document, remembering.write(self._db, self._handled, None, document, {})))
            yield from done

    @contextmanager
    def merging(self, source: Path, reviewer: str) -> Iterator[Merger]:
        """Merge another project in. UserError where it is none, is damaged or is this one."""
        from annotator.store.merge_source import frozen
        from annotator.store.merging import Merger

        self._may_write()
        with frozen(source, self.path) as copy, told(self.path):
            merger = Merger(self._db, copy, source, reviewer)
            try:
                yield merger
            finally:
                merger.close()

    def link_writer(self, run: int, linker: str) -> LinkWriter:
        """Writes the groups of a linker under an open run."""
        self._may_write()
        return LinkWriter(self._db, self._handled, self.path, run, linker)

    # Integrity and copies

    def compact(self, before: str) -> int:
        """Empty the journal's decisions older than a day; they are undone no longer. How many there were."""
        self._may_write()
        with told(self.path):
            return compacting.compact(self._db, before)

    def check(self) -> list[Problem]:
        """Every broken invariant; none: the project is sound."""
        with told(self.path):
            return checking.check(self._db)

    def repair(self, reviewer: str) -> list[Problem]:
        """Mend what can be; what is still broken."""
        self._may_write()
        with told(self.path):
            return checking.repair(self._db, reviewer)

    def save_copy(self, path: Path) -> None:
        """A consistent copy of the project as it is now, in one file. UserError where it cannot be written."""
        if path.exists():
            raise UserError("project.exists", path=str(path))
        copy_into(self._db, path)

    def take_snapshot(self, reason: str) -> Snapshot:
        """A copy beside the project, to go back to. UserError where it cannot be written or is not sound."""
        with told(self.path):
            return snapshots.take(self._db, self.path, reason)

    def checkpoint(self) -> None:
        """Bring the main file up to date, so that a copy of it alone holds everything."""
        if not self.read_only:
            with told(self.path):
                self._db.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def _may_write(self) -> None:
        if self.read_only:
            raise UserError("project.read_only", path=str(self.path))
        self._watch.check()

    @contextmanager
    def _writing(self, *, durable: bool = True) -> Iterator[None]:
        """A write transaction whose refusals are told."""
        self._may_write()
        with told(self.path), immediate(self._db, durable=durable):
            yield
