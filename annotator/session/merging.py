"""Other reviewers' projects into this one, and what became of it, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from annotator.domain.changes import Message
from annotator.store import Store, snapshots

Progress = Callable[[int, int, Path], None]
"""Called with articles done, articles in all and the project that is merged in."""


@dataclass
class MergeReport:
    """By project in the order in which they came in: whose it was and what came."""

    merged: list[tuple[Path, str, Counter[str]]] = field(default_factory=list)

    def messages(self) -> list[Message]:
        """What a person should know, a line each."""
        said = []
        for path, name, counts in self.merged:
            said.append(
                Message("merge.done", {"count": counts["decisions"], "name": name, "path": path.name})
            )
            if counts["documents"]:
                said.append(Message("merge.new", {"count": counts["documents"]}))
            if counts["documents_taken"]:
                said.append(Message("merge.taken", {"count": counts["documents_taken"], "name": name}))
        return said


def merge_projects(
    store: Store, paths: Iterable[Path], reviewer: str, progress: Progress | None = None
) -> MergeReport:
    """Merge projects in, after a snapshot. UserError where one cannot be; those before it are in.

    They are taken in the order of their names, whatever order they are given in.
    """
    report = MergeReport()
    for path, done, total in steps(store, paths, reviewer, report):
        if progress is not None:
            progress(done, total, path)
    return report


def steps(
    store: Store, paths: Iterable[Path], reviewer: str, report: MergeReport
) -> Iterator[tuple[Path, int, int]]:
    """The same a few articles at a time, for a window that does other things in between."""
    store.take_snapshot(snapshots.MERGE)
    for path in sorted({path.resolve() for path in paths}):
        with store.merging(path, reviewer) as merger:
            for done, total in merger.steps():
                yield path, done, total
            report.merged.append((path, merger.whose, merger.counts))
