"""The project into a file: what was asked for, and what that leaves behind, counted.

What reads and writes files is imported when it is used: it is no part of a start.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from annotator.domain.changes import Message
from annotator.domain.record import Record
from annotator.errors import UserError
from annotator.store import Store

ACCEPTED = "accepted"
DONE = "done"
ALL = "all"

Progress = Callable[[int, int], None]
"""Called with articles written and articles in all."""


@dataclass(frozen=True)
class ExportReport:
    """What was written; `left_out` by the choice of articles and spans, `lost` by the format."""

    path: Path
    documents: int
    spans: int
    left_out: Mapping[str, int]
    lost: Counter[str]

    def messages(self) -> list[Message]:
        """What a person should know, a line each."""
        said = [
            Message("export.done", {"path": str(self.path), "documents": self.documents, "spans": self.spans})
        ]
        said += [Message(f"export.{name}", {"count": count}) for name, count in self.left_out.items()]
        said += [Message("export.lost", {"what": what, "count": count}) for what, count in self.lost.items()]
        return said


def export(
    store: Store,
    path: Path,
    *,
    format: str = "jsonl",
    spans: str = ACCEPTED,
    documents: str = DONE,
    progress: Progress | None = None,
) -> ExportReport:
    """Write accepted spans of done articles, or all. UserError where there is nothing to write."""
    from annotator import formats

    exporter = store.exporter(spans=spans, documents=documents)
    total = exporter.count()
    if not total:
        raise UserError("export.nothing_done" if documents == DONE else "export.nothing")
    records = _followed(store.records(spans=spans, documents=documents), total, progress)
    written = formats.write(path, records, format)
    return ExportReport(path, written.documents, written.spans, exporter.left_out(), Counter(written.lost))


def _followed(records: Iterator[Record], total: int, progress: Progress | None) -> Iterator[Record]:
    for number, record in enumerate(records, 1):
        yield record
        if progress is not None:
            progress(number, total)
