"""Files into the project: each one whole or not at all, the others go in.

What reads and writes files is imported when it is used: it is no part of a start.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.domain.changes import Message
from annotator.domain.models import IMPORT
from annotator.domain.record import Record
from annotator.domain.text import clean, shortened
from annotator.errors import UserError
from annotator.session.fitting import Onto, with_labels
from annotator.store import Store
from annotator.store.importing import AS_IS
from annotator.store.runs import SLICE

if TYPE_CHECKING:
    from annotator.formats import Columns

_LONGEST_NAME = 80
"""Characters of the name of a pasted article, which is its beginning."""

_MOST_KINDS = 5
"""Endings of files that were passed over which are named."""

Progress = Callable[[int, int, Path], None]
"""Called with files done, files in all and the file that is read."""


@dataclass(frozen=True)
class FileReport:
    """What became of one file: `error` where it was refused."""

    path: Path
    counts: Counter[str] = field(default_factory=Counter)
    notes: tuple[Message, ...] = ()
    error: UserError | None = None


@dataclass
class ImportReport:
    """All files, in the order in which they were read; what of folders, labels and plug-ins was no use."""

    files: list[FileReport] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)
    labels_unmet: set[str] = field(default_factory=set)
    broken_formats: tuple[Message, ...] = ()

    @property
    def counts(self) -> Counter[str]:
        """What came in, over all files."""
        return sum((one.counts for one in self.files), Counter())

    @property
    def refused(self) -> list[FileReport]:
        return [one for one in self.files if one.error is not None]

    def messages(self) -> list[Message]:
        """What a person should know, a line each: counts, labels made, doubles, refusals."""
        counts = self.counts
        done = "import.done" if counts["spans"] else "import.texts"
        said = [Message(done, {"documents": counts["documents"], "spans": counts["spans"]})]
        made = [name.partition(":")[2] for name in sorted(counts) if name.startswith("label:")]
        if made:
            said.append(Message("import.labels", {"labels": ", ".join(made)}))
        for name in (
            "documents_known",
            "same_text",
            "renamed",
            "spans_known",
            "spans_unmapped",
            "links_rejected",
            "roles_unplaced",
            "relations_unplaced",
        ):
            if counts[name]:
                said.append(Message(f"import.{name}", {"count": counts[name]}))
        if self.passed_over:
            kinds = ", ".join(kind for kind, _ in self.passed_over.most_common(_MOST_KINDS))
            said.append(Message("import.passed_over", {"count": self.passed_over.total(), "kinds": kinds}))
        if self.labels_unmet and counts["documents"] + counts["documents_known"]:
            said.append(Message("import.labels_unmet", {"labels": ", ".join(sorted(self.labels_unmet))}))
        for one in self.files:
            said.extend(one.notes)
        return [*said, *self.broken_formats]


def import_paths(
    store: Store,
    paths: Iterable[Path | str],
    *,
    format: str | None = None,
    columns: Columns | None = None,
    mode: str = AS_IS,
    origin: str = IMPORT,
    labels: Mapping[str, str] | None = None,
    onto: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Read files, folders and archives into the project. A file that is refused leaves nothing behind.

    `labels` says what labels of the files stand for; "" leaves their spans out. `onto` puts spans
    onto articles that are there, known by text, letters or name, where the text differs a little.
    `progress` is also called while a large file is read; what it raises ends the import.
    """
    from annotator import formats
    from annotator.formats import registry

    given = [Path(path) for path in paths]
    report = ImportReport(labels_unmet=set(labels or ()))
    now = 0, len(given), given[0] if given else Path()

    def alive() -> None:
        if progress is not None:
            progress(*now)

    take = partial(import_records, store, mode=mode, origin=origin, labels=labels, onto=onto)
    with formats.Sources(given, alive) as sources:
        report.passed_over = sources.passed_over
        for number, source in enumerate(sources.files):
            now = number, len(sources.files), source.shown
            alive()
            try:
                reading = sources.read(source, format, columns or {})
            except UserError as error:
                report.files.append(FileReport(source.shown, error=error))
            else:
                one = take(reading.records, source.shown, reading.notes, unmet=report.labels_unmet)
                report.files.append(one)
    failed = registry.known().broken.values()
    report.broken_formats = tuple(Message(error.code, error.params) for error in failed)
    return report


def label_counts(
    _store: Store, paths: Iterable[Path | str], progress: Callable[[int, int], None]
) -> dict[str, int]:
    """How often each label stands in some files, the most frequent first. UserError where one is refused."""
    from annotator import formats

    found: Counter[str] = Counter()
    with formats.Sources([Path(path) for path in paths], lambda: None) as sources:
        for number, source in enumerate(sources.files):
            progress(number, len(sources.files))
            for at, record in enumerate(sources.read(source, None, {}).records):
                if at % 50 == 49:
                    progress(number, len(sources.files))  # which may end it
                found.update(span["label"] for span in record.get("spans", ()))
    return dict(found.most_common())


def import_text(store: Store, text: str) -> ImportReport:
    """A text that was pasted, as one article. UserError where there are no words in it."""
    from annotator.formats import single

    kept, _ = clean(text)
    if not kept.strip():
        raise UserError("paste.nothing")
    record = single.titled(shortened(kept, _LONGEST_NAME), kept)
    return ImportReport([import_records(store, [record], Path(str(record["id"])))])


def import_records(
    store: Store,
    records: Iterable[Record],
    path: Path,
    notes: Iterable[Message] = (),
    *,
    mode: str = AS_IS,
    origin: str = IMPORT,
    labels: Mapping[str, str] | None = None,
    unmet: set[str] | None = None,
    onto: bool = False,
) -> FileReport:
    """Write the records of one file as one run, taken back whole where anything is wrong."""
    left_out: Counter[str] = Counter()
    fitted = with_labels(records, labels or {}, left_out, set() if unmet is None else unmet)
    there = Onto(store) if onto else None
    stream = iter(there.fit(fitted) if there is not None else fitted)
    try:
        first = list(islice(stream, SLICE))  # what is wrong in these does not touch the project
    except UserError as error:
        return FileReport(path, error=error)
    run = store.begin_run("import", path.name, settings={"mode": mode, "origin": origin})
    try:
        counts = store.add_records(run, chain(first, stream), mode=mode, origin=origin)
    except BaseException as error:
        store.cancel_run(run)
        if isinstance(error, UserError):
            return FileReport(path, error=error)
        raise
    counts += left_out
    store.end_run(run, counts)
    return FileReport(path, counts, (*notes, *(there.notes() if there is not None else ())))
