"""What an import reads: files, what is in folders, and what is in archives, which are folders in one file."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from annotator.domain.changes import Message
from annotator.domain.record import Record
from annotator.errors import UserError
from annotator.formats import archives, registry
from annotator.formats.apart import Apart
from annotator.formats.format import Columns, Reading
from annotator.formats.reading import files, read

MAX_NESTED: Final = 3
"""Archives in archives."""


@dataclass(frozen=True)
class Source:
    """A file by the name that a person knows: in an archive, the archive's and its own in it."""

    path: Path
    shown: Path
    error: UserError | None = None


class Sources(AbstractContextManager["Sources"]):
    """All files of an import in their order; `passed_over` counts others in folders by their ending.

    What was unpacked and started for them ends with it. `alive` is called again and again while a person waits, and may raise.
    """

    def __init__(self, paths: Iterable[Path | str], alive: Callable[[], None] = lambda: None) -> None:
        self._alive = alive
        self.passed_over: Counter[str] = Counter()
        self._ends = ExitStack()
        self._apart = self._ends.enter_context(Apart(alive))
        try:
            self.files = [
                source
                for path in files(paths, self.passed_over)
                for source in self._unpacked(Source(path, path), MAX_NESTED)
            ]
        except BaseException:
            self._ends.close()
            raise

    def __exit__(self, *_: object) -> None:
        self._ends.close()

    def read(self, source: Source, format: str | None, columns: Columns) -> Reading:
        """The records of a file, as `reading.read`; what is told names it as the person knows it."""
        if source.error is not None:
            raise source.error
        try:
            found = read(source.path, format, columns=columns, apart=self._apart)
        except UserError as error:
            raise _shown(error, source) from error
        return Reading(_told(found, source), found.notes)

    def _unpacked(
        self, source: Source, depth: int, budget: archives.Budget | None = None
    ) -> Iterator[Source]:
        """The file, or the files of the archive that it is. One that cannot be unpacked is there with its error."""
        try:
            if not registry.is_archive(source.path):
                yield source
                return
            if not depth:
                raise UserError("read.archive_nests", path=source.path, depth=MAX_NESTED)
            budget = budget or archives.Budget()
            folder = Path(self._ends.enter_context(tempfile.TemporaryDirectory(prefix="annotator-")))
            archives.unpack(source.path, folder, budget, self._alive)
        except UserError as error:
            yield Source(source.path, source.shown, _shown(error, source))
            return
        except OSError as error:
            why = error.strerror or str(error)
            yield Source(source.path, source.shown, UserError("read.failed", path=source.shown, why=why))
            return
        found = files([folder], self.passed_over)
        if found == [folder] and registry.of_folder(folder) is None:
            yield Source(folder, source.shown, UserError("read.empty_archive", path=source.shown))
            return
        for file in found:
            inner = Source(file, source.shown / file.relative_to(folder))
            yield from self._unpacked(inner, depth - 1, budget)


def _told(reading: Reading, source: Source) -> Iterator[Record]:
    try:
        yield from reading.records
    except UserError as error:
        raise _shown(error, source) from error
    finally:
        reading.notes[:] = [Message(note.code, _named(note.params, source)) for note in reading.notes]


def _shown(error: UserError, source: Source) -> UserError:
    return UserError(error.code, **_named(error.params, source))


def _named(params: Mapping[str, object], source: Source) -> dict[str, object]:
    """The parameters with the name that a person knows for the place where a file was unpacked to."""
    return {name: _known(value, source) for name, value in params.items()}


def _known(value: object, source: Source) -> object:
    here = source.path.absolute()  # a reader in a process of its own knows it by that
    if isinstance(value, Path) and value.absolute().is_relative_to(here):
        return source.shown / value.absolute().relative_to(here)
    return value
