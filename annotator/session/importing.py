"""Files into the project: each one whole or not at all, the others go in.

What reads and writes files is imported when it is used: it is no part of a start.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from annotator.domain.changes import Message
from annotator.domain.models import IMPORT
from annotator.domain.record import Record
from annotator.domain.text import clean, shortened
from annotator.errors import UserError
from annotator.store import Store
from annotator.store.importing import AS_IS

_LONGEST_NAME = 80
"""Characters of the name of a pasted article, which is its beginning."""

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
    """All files, in the order in which they were read."""

    files: list[FileReport] = field(default_factory=list)

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
        said = [Message("import.done", {"documents": counts["documents"], "spans": counts["spans"]})]
        made = [name.partition(":")[2] for name in sorted(counts) if name.startswith("label:")]
        if made:
            said.append(Message("import.labels", {"labels": ", ".join(made)}))
        for name in (
            "documents_known",
            "same_text",
            "renamed",
            "spans_known",
            "roles_unplaced",
            "relations_unplaced",
        ):
            if counts[name]:
                said.append(Message(f"import.{name}", {"count": counts[name]}))
        for one in self.files:
            said.extend(one.notes)
        return said


def import_paths(
    store: Store,
    paths: Iterable[Path | str],
    *,
    format: str | None = None,
    mode: str = AS_IS,
    origin: str = IMPORT,
    progress: Progress | None = None,
) -> ImportReport:
    """Read files and folders into the project. A file that is refused leaves nothing behind."""
    from annotator import formats

    found = formats.files(paths)
    report = ImportReport()
    for number, path in enumerate(found):
        if progress is not None:
            progress(number, len(found), path)
        report.files.append(_import_file(store, path, format=format, mode=mode, origin=origin))
    return report


def import_text(store: Store, text: str) -> ImportReport:
    """A text that was pasted, as one article. UserError where there are no words in it."""
    from annotator.formats import txt

    kept, _ = clean(text)
    if not kept.strip():
        raise UserError("paste.nothing")
    record = txt.article(shortened(kept, _LONGEST_NAME), kept)
    return ImportReport([import_records(store, [record], Path(str(record["id"])))])


def _import_file(store: Store, path: Path, *, format: str | None, mode: str, origin: str) -> FileReport:
    from annotator import formats

    try:
        reading = formats.read(path, format)
    except UserError as error:
        return FileReport(path, error=error)
    return import_records(store, reading.records, path, reading.notes, mode=mode, origin=origin)


def import_records(
    store: Store,
    records: Iterable[Record],
    path: Path,
    notes: Iterable[Message] = (),
    *,
    mode: str = AS_IS,
    origin: str = IMPORT,
) -> FileReport:
    """Write the records of one file as one run, taken back whole where anything is wrong."""
    run = store.begin_run("import", path.name, settings={"mode": mode, "origin": origin})
    try:
        counts = store.add_records(run, records, mode=mode, origin=origin)
    except BaseException as error:
        store.cancel_run(run)
        if isinstance(error, UserError):
            return FileReport(path, error=error)
        raise
    store.end_run(run, counts)
    return FileReport(path, counts, tuple(notes))
