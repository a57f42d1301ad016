"""The project into a file: what was asked for, and what that leaves behind, counted.

What reads and writes files is imported when it is used: it is no part of a start.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.domain.changes import Message
from annotator.domain.record import Record
from annotator.domain.splitting import PARTS, USUAL, Split, parted_by
from annotator.domain.splitting import split as split_articles
from annotator.domain.text import clean
from annotator.errors import UserError
from annotator.store import Store

if TYPE_CHECKING:
    from annotator.formats import About, Written
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
        lost = of_losses(self.lost)
        return [*said, *([Message("lost.head"), *lost] if lost else ()), *self.redacted]


@dataclass(frozen=True)
class ExportChoice:
    """What is exported, and how. `shares` (train, dev, test) of a split: the usual ones where the format has parts.

    `strict` refuses what the format cannot carry; `verify` reads back also what is written as it is;
    `card` puts a data card beside the export, which a folder always gets; `redact` names labels, or
    keys of entities, whose names are replaced.
    """

    format: str = "jsonl"
    spans: str = ACCEPTED
    documents: str = DONE
    shares: tuple[int, int, int] | None = None
    strict: bool = False
    verify: bool = False
    card: bool = False
    redact: tuple[str, ...] = ()


def about(store: Store, split: Split | None = None) -> About:
    """What writers may need to know of a project."""
    from annotator.formats import About

    known = About(
        clean(store.path.stem)[0],
        tuple(store.labels()),
        tuple(one.name for one in store.relation_types()),
        tuple(one.name for one in store.role_types()),
    )
    return known if split is None else replace(known, part=parted_by(split))


def losses(store: Store, choice: ExportChoice, progress: Progress | None = None) -> list[Message]:
    """What an export would lose by its format, counted without writing; the most frequent first."""
    from annotator import formats
    from annotator.formats.losses import said

    total = store.exporter(spans=choice.spans, documents=choice.documents).count()
    records = store.records(spans=choice.spans, documents=choice.documents)
    return said(formats.losses(_followed(records, _Steps(total, progress)), choice.format))


def export(store: Store, path: Path, choice: ExportChoice, progress: Progress | None = None) -> ExportReport:
    """Write accepted spans of done articles, or all. UserError where there is nothing to write."""
    from annotator import formats
    from annotator.formats import registry, writing

    format = registry.writer(choice.format)
    exporter = store.exporter(spans=choice.spans, documents=choice.documents)
    total = exporter.count()
    if not total:
        raise UserError("export.nothing_done" if choice.documents == DONE else "export.nothing")
    split = _split(store, choice) if format.parts or choice.shares else None
    passes = (len(PARTS) if split and not format.parts else 1) + writing.reads_back(
        format, verify=choice.verify
    )
    steps = _Steps(total * passes, progress)

    redactor = _Redacting(store, choice) if choice.redact else None

    def records() -> Iterator[Record]:
        found = _followed(store.records(spans=choice.spans, documents=choice.documents), steps)
        return redactor.records(found) if redactor is not None else found

    told = about(store, split)
    if redactor is not None:
        told = replace(told, part=redactor.renamed(told.part))
    checks = {"strict": choice.strict, "verify": choice.verify}
    if split is None or format.parts:
        written = formats.write(path, records(), choice.format, told, **checks, follow=steps.step)
    else:
        written = formats.write_parts(path, records, choice.format, told, **checks, follow=steps.step)
    report = ExportReport(
        path,
        written.documents,
        written.spans,
        exporter.left_out(),
        +written.lost,
        redactor.told() if redactor is not None else (),
    )
    if (choice.card or path.is_dir()) and not (path / "README.md").exists():  # a format may have its own
        _put_card(store, report, written, choice, split)
    return report


class _Redacting:
    """Names replaced in every pass over the records; what is told is of the last one.

    UserError "redact.unknown" for what is neither a label nor an entity of the export.
    """

    def __init__(self, store: Store, choice: ExportChoice) -> None:
        from annotator.formats.redacting import known_entities

        self._choice = choice
        self._known = known_entities(store.records(spans=choice.spans, documents=choice.documents))
        names = {entity.label for entity in self._known} | {entity.key for entity in self._known}
        names |= {label.name for label in store.labels()}
        for name in choice.redact:
            if name not in names:
                raise UserError("redact.unknown", name=name)
        self._last: Redactor | None = None
        self._names: dict[str, str] = {}

    def records(self, records: Iterator[Record]) -> Iterator[Record]:
        """The records without the names."""
        from annotator.formats.redacting import Redactor

        self._last = Redactor(self._known, self._choice.redact)
        for record in records:
            [out] = self._last.records([record])
            self._names[out.get("id", "")] = record.get("id", "")
            yield out

    def renamed(self, part: Callable[[str], str]) -> Callable[[str], str]:
        """The part of an article whose name may hold one that was replaced."""
        return lambda name: part(self._names.get(name, name))

    def told(self) -> tuple[Message, ...]:
        """What was replaced, and what looks like a name that was left."""
        redactor = self._last
        if redactor is None:
            return ()
        said = [Message("redact.done", dict(redactor.counts))]
        if redactor.left:
            example = redactor.left.most_common(1)[0][0]
            said.append(Message("redact.left", {"count": redactor.left.total(), "example": example}))
        return tuple(said)


def _split(store: Store, choice: ExportChoice) -> Split:
    names = store.document_names(documents=choice.documents)
    return split_articles(names, store.ties(), choice.shares or USUAL)


def _put_card(
    store: Store, report: ExportReport, written: Written, choice: ExportChoice, split: Split | None
) -> None:
    from annotator.formats import put_beside
    from annotator.session.data_card import data_card

    card = data_card(store, written, choice, report.left_out, split)
    put_beside(report.path, "README.md" if report.path.is_dir() else "card.md", card)


class _Steps:
    """Counts articles written and read back, and tells of them."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self._done, self._total, self._progress = 0, total, progress

    def step(self) -> None:
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, self._total)


def _followed(records: Generator[Record], steps: _Steps) -> Iterator[Record]:
    # closed at once, also where a step ends it: the project is about to be closed
    with closing(records):
        for record in records:
            yield record
            steps.step()
