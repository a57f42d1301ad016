"""Records into a file that is whole or not there: written beside it, read back, moved into place."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path

from annotator import messages
from annotator.domain.record import Record
from annotator.domain.splitting import PARTS
from annotator.errors import UserError
from annotator.formats import registry
from annotator.formats.about import About
from annotator.formats.format import Format, Written
from annotator.formats.losses import Losses, carried, settled
from annotator.formats.losses import lines as losses_in_english
from annotator.formats.readback import ReadBack

_DATABASE = b"SQLite format 3\0"
_BESIDE_DATABASE = ("-wal", "-shm", "-journal")
_LOSSES = "losses.md"
_MANY = 100


def write(
    path: Path | str,
    records: Iterable[Record],
    format: str = "jsonl",
    about: About | None = None,
    *,
    strict: bool = False,
    verify: bool = False,
    follow: Callable[[], None] = lambda: None,
) -> Written:
    """Write the records to a file (or a new folder, where the format is one) and count them.

    The file is read again and compared with what was written; a trusted format (JSONL) where
    `verify` asks for it. `strict` refuses to write where the format cannot carry something.
    What was lost is told in a file beside it. `follow` is called after each article that was
    read back; it may raise to stop.

    Whatever goes wrong, a disk that is full or an exception from `records`, the target is as
    it was before. UserError where it cannot be written; never onto a project or a folder.
    """
    chosen = registry.writer(format)
    counts = Written()

    def make(draft: Path) -> None:
        _make(chosen, records, draft, about or About(), counts, verify=verify, follow=follow)
        counts.lost = settled(counts.lost)
        if strict and counts.lost:
            raise UserError("write.strict", path=path, what=" ".join(losses_in_english(counts.lost)))

    put(path, make, folder=chosen.folder)
    _put_more(path, chosen, about or About(), counts)
    return counts


def write_parts(
    path: Path | str,
    records: Callable[[], Iterable[Record]],
    format: str,
    about: About,
    *,
    strict: bool = False,
    verify: bool = False,
    follow: Callable[[], None] = lambda: None,
) -> Written:
    """Write a new folder with the articles of each part of a split apart; what is counted is the sum."""
    chosen = registry.writer(format)
    total = Written()

    def make(draft: Path) -> None:
        draft.mkdir()
        for part in PARTS:
            target = draft / f"{part}{'' if chosen.folder else chosen.suffixes[0]}"
            some = (record for record in records() if about.part(record.get("id", "")) == part)
            first = next(some, None)
            if first is not None:
                its = chain([first], some)
                total.add(write(target, its, format, about, strict=strict, verify=verify, follow=follow))

    put(path, make, folder=True)
    return total


def reads_back(format: Format, *, verify: bool) -> bool:
    """Whether an export is read again and compared."""
    return format.read is not None and (verify or not format.trusted)


def losses(records: Iterable[Record], format: str) -> Losses:
    """What an export in this format would lose, counted without writing."""
    carries = registry.writer(format).carries
    lost = Losses()
    if carries is not None:
        for record in records:
            carried(record, carries, lost)
    return settled(lost)


def put_beside(path: Path | str, ending: str, content: str) -> Path:
    """Write a file that belongs to an export: inside a folder, else beside it under its whole name."""
    target = beside(path, ending)
    put(target, lambda draft: _write_text(draft, content))
    return target


def beside(path: Path | str, ending: str) -> Path:
    """Where such a file stands."""
    path = Path(path)
    return path / ending if path.is_dir() else path.with_name(f"{path.name}.{ending}")


def put(path: Path | str, make: Callable[[Path], None], *, folder: bool = False) -> None:
    """Have `make` write a file (or a folder) that nobody sees before it is whole. UserError as `write`."""
    target = Path(path).resolve()
    try:
        _check_target(target, folder=folder)
        _write_beside(target, make, folder=folder)
    except OSError as error:
        raise UserError("write.failed", path=path, why=error.strerror) from error


def _make(
    format: Format,
    records: Iterable[Record],
    path: Path,
    about: About,
    counts: Written,
    *,
    verify: bool,
    follow: Callable[[], None],
) -> None:
    """Write what the format carries, and compare the file with it."""
    write, read = format.write, format.read
    assert write is not None  # the registry gives writers
    going = _counted(_carried(records, format, counts.lost), counts)
    if read is None or not reads_back(format, verify=verify):
        write(going, path, about)
        return
    with ReadBack(path.parent, format.carries) as back:
        write(back.keep(going), path, about)
        back.compare(path, read(path, []) if counts.documents else (), follow)


def _carried(records: Iterable[Record], format: Format, lost: Losses) -> Iterator[Record]:
    for record in records:
        yield record if format.carries is None else carried(record, format.carries, lost)


def _counted(records: Iterable[Record], counts: Written) -> Iterator[Record]:
    for record in records:
        spans = record.get("spans", ())
        counts.documents += 1
        counts.spans += len(spans)
        counts.labels.update(span["label"] for span in spans)
        counts.relation_types.update(relation["type"] for relation in record.get("relations", ()))
        yield record


def _put_more(path: Path | str, format: Format, about: About, counts: Written) -> None:
    """What stands beside an export: the files that the format adds, and what was lost."""
    if format.beside:
        met = about.with_labels(counts.labels, counts.relation_types)
        for ending, content in format.beside.items():
            put_beside(path, ending, content(met))
    lost = counts.lost
    head = messages.english("lost.head", {})
    if lost:
        put_beside(
            path, _LOSSES, "\n".join([head, "", *(f"- {line}" for line in losses_in_english(lost)), ""])
        )
        return
    # that of an export before this one would tell of losses that are none
    older = beside(path, _LOSSES)
    if older.is_file() and older.read_text(encoding="utf-8", errors="replace").startswith(head):
        older.unlink()


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _write_beside(target: Path, make: Callable[[Path], None], *, folder: bool) -> None:
    beside = target.with_name(f".{secrets.token_hex(6)}.part{target.suffix}")
    try:
        make(beside)
        _sync_all([*beside.rglob("*")] if folder else [beside])
        if target.is_file():
            shutil.copymode(target, beside)
        beside.replace(target)
    finally:
        # moved into place, or a half file that nobody should find
        if beside.is_dir():
            shutil.rmtree(beside)
        else:
            beside.unlink(missing_ok=True)
    _sync(target.parent)


def _sync_all(paths: list[Path]) -> None:
    """Have the disk hold all of them; of thousands, all that it has is sooner written than each."""
    if len(paths) > _MANY and os.name != "nt":
        os.sync()
        return
    for path in paths:
        _sync(path)


def _sync(path: Path) -> None:
    """Have the disk hold what was written; Windows cannot open folders."""
    if os.name == "nt" and path.is_dir():
        return
    file = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def _check_target(target: Path, *, folder: bool) -> None:
    if not target.parent.is_dir():
        raise UserError("write.no_folder", path=target, folder=target.parent)
    if target.is_dir():
        if not folder:
            raise UserError("write.onto_folder", path=target)
        if any(target.iterdir()):
            raise UserError("write.folder_full", path=target)
    elif target.exists():
        if not target.is_file() or folder or not os.access(target, os.W_OK):
            raise UserError("write.onto_file", path=target)
        if _is_database(target):
            raise UserError("write.onto_project", path=target)
    for ending in _BESIDE_DATABASE:
        project = target.with_name(target.name.removesuffix(ending))
        if project != target and _is_database(project):
            raise UserError("write.onto_project", path=target)


def _is_database(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(_DATABASE)) == _DATABASE
