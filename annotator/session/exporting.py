"""The project into a file: what was asked for, and what that leaves behind, counted.

What reads and writes files is imported when it is used: it is no part of a start.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.domain.changes import Message
from annotator.domain.record import Record
from annotator.errors import UserError
from annotator.store import Store

if TYPE_CHECKING:
    from annotator.formats import About
    from annotator.formats.redacting import Redactor

ACCEPTED = "accepted"
DONE = "done"
ALL = "all"

Progress = Callable[[int, int], None]
"""Called with articles written and read back, and how many that will be in all."""


@dataclass(frozen=True)
class ExportReport:
    """What was written; `left_out` by the choice of articles and spans, `lost` by the format."""

    path: Path
    documents: int
    spans: int
    left_out: Mapping[str, int]
    lost: Counter[str]
    redacted: tuple[Message, ...] = ()

    def messages(self) -> list[Message]:
        """What a person should know, a line each."""
        from annotator.formats.losses import said as of_losses

        said = [
            Message("export.done", {"path": str(self.path), "documents": self.documents, "spans": self.spans})
        ]
        said += [Message(f"export.{name}", {"count": count}) for name, count in self.left_out.items()]
        return [*said, *of_losses(self.lost), *self.redacted]


def about(store: Store) -> About:
    """What writers may need to know of a project."""
    from annotator.formats import About

    return About(
        store.path.stem,
        tuple(store.labels()),
        tuple(one.name for one in store.relation_types()),
        tuple(one.name for one in store.role_types()),
    )


def losses(
    store: Store,
    format: str,
    *,
    spans: str = ACCEPTED,
    documents: str = DONE,
    progress: Progress | None = None,
) -> Counter[str]:
    """What an export in this format would lose, counted without writing."""
    from annotator import formats

    total = store.exporter(spans=spans, documents=documents).count()
    records = _followed(store.records(spans=spans, documents=documents), _Steps(total, progress))
    return formats.losses(records, format)


def export(
    store: Store,
    path: Path,
    *,
    format: str = "jsonl",
    spans: str = ACCEPTED,
    documents: str = DONE,
    strict: bool = False,
    verify: bool = False,
    redact: Sequence[str] = (),
    progress: Progress | None = None,
) -> ExportReport:
    """Write accepted spans of done articles, or all. UserError where there is nothing to write.

    `strict` refuses what the format cannot carry; `verify` reads back also what is written as it is;
    `redact` names labels, or keys of entities, whose names are replaced.
    """
    from annotator import formats
    from annotator.formats import registry, writing

    exporter = store.exporter(spans=spans, documents=documents)
    total = exporter.count()
    if not total:
        raise UserError("export.nothing_done" if documents == DONE else "export.nothing")
    twice = writing.reads_back(registry.writer(format), verify=verify)
    steps = _Steps(total * 2 if twice else total, progress)
    records = store.records(spans=spans, documents=documents)
    redactor = _redactor(store, redact, spans=spans, documents=documents) if redact else None
    if redactor is not None:
        records = redactor.records(records)
    records = _followed(records, steps)
    written = formats.write(
        path, records, format, about(store), strict=strict, verify=verify, follow=steps.step
    )
    left_out, told = exporter.left_out(), _told(redactor) if redactor is not None else ()
    return ExportReport(path, written.documents, written.spans, left_out, +written.lost, told)


def _redactor(store: Store, redact: Sequence[str], *, spans: str, documents: str) -> Redactor:
    """UserError "redact.unknown" for what is neither a label nor an entity of the export."""
    from annotator.formats.redacting import Redactor, known_entities

    known = known_entities(store.records(spans=spans, documents=documents))
    names = {entity.label for entity in known} | {entity.key for entity in known}
    names |= {label.name for label in store.labels()}
    for name in redact:
        if name not in names:
            raise UserError("redact.unknown", name=name)
    return Redactor(known, redact)


def _told(redactor: Redactor) -> tuple[Message, ...]:
    said = [Message("redact.done", dict(redactor.counts))]
    if redactor.left:
        example = redactor.left.most_common(1)[0][0]
        said.append(Message("redact.left", {"count": redactor.left.total(), "example": example}))
    return tuple(said)


class _Steps:
    """Counts articles written and read back, and tells of them."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self._done, self._total, self._progress = 0, total, progress

    def step(self) -> None:
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, self._total)


def _followed(records: Iterator[Record], steps: _Steps) -> Iterator[Record]:
    for record in records:
        yield record
        steps.step()
