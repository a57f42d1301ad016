"""CoNLL-2003 and CoNLL-2002: a token a line with its IOB2 tag, an empty line after each sentence.

Tokens cannot overlap: the outermost spans are written, or a file for each level of nesting. What
is read back is the text as tokens tell it: one space between words, a line a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final, NamedTuple, cast

from annotator.domain.changes import Message
from annotator.domain.record import Record
from annotator.domain.text import clean
from annotator.errors import UserError
from annotator.formats import encoding
from annotator.formats.about import About
from annotator.formats.checking import Place, check_record
from annotator.formats.conll_text import levels, on_tokens
from annotator.formats.format import Fit, Format
from annotator.formats.losses import Carries, Losses
from annotator.formats.telling import tell_encoding

Json = dict[str, Any]
Row = tuple[str, str]
"""A token and its tag."""

_START: Final = "-DOCSTART-"
_TAG: Final = re.compile(r"(?:O|[BIESLU]-\S+)\Z")
_LONGEST_LINE: Final = 100_000
_MOST_ROWS: Final = 5_000_000


class Columns(NamedTuple):
    """The form of one of the two: a document's first line, and how a token's line is made."""

    start: str
    line: str


CONLL2003: Final = Columns(f"{_START} -X- O O", "{} -X- O {}")
CONLL2002: Final = Columns(f"{_START} O", "{} {}")


def fit(head: bytes) -> Fit:
    """Lines of columns whose last is a tag, or the line that begins a document."""
    rows = [row for line in encoding.head_text(head).split("\n")[:-1][:50] if (row := _cells(line))]
    if not rows:
        return Fit.NO
    if rows[0][0] == _START:
        return Fit.SURE
    tagged = all(2 <= len(row) <= 12 and _TAG.match(row[-1]) for row in rows)
    return Fit.LIKELY if tagged else Fit.NO


def holds(folder: Path) -> bool:
    """A folder of levels."""
    return (folder / _level_name(1)).is_file()


def read(path: Path, notes: list[Message]) -> Iterator[Record]:
    """The documents of a file, or of the files of all levels at once."""
    files = sorted(path.glob("level-*.conll"), key=_number) if path.is_dir() else [path]
    readers = [
        _documents(file, notes if tag == -1 else [], tag)
        for file in files
        for tag in ((-2, -1) if _is_numbered(file) else (-1,))
    ]
    for number, documents in enumerate(zip(*readers, strict=True), 1):
        (place, sentences), *others = documents
        texts = {text_of(rows) for _, rows in documents}
        if len(texts) > 1:
            raise place.wrong("read.other_text", field=str(others[0][0].path))
        spans = [span for where, rows in documents for span in spans_of(rows, where)]
        record: Json = {"id": f"{path.stem}-{number}", "text": text_of(sentences), "spans": spans}
        yield check_record(record, place)


def _writer(columns: Columns) -> Callable[[Iterable[Record], Path, About], None]:
    def write(records: Iterable[Record], path: Path, _about: About) -> None:
        with path.open("w", encoding="utf-8", newline="\n") as file:
            for record in records:
                _write_document(file, record, cast("list[Json]", record["spans"]), columns)

    return write


def _write_levels(records: Iterable[Record], path: Path, _about: About) -> None:
    """A file for each level. One that comes late begins with the documents before it, without spans."""
    path.mkdir()
    with ExitStack() as stack:
        files: list[IO[str]] = []
        for record in records:
            of_level = levels(cast("list[Json]", record["spans"])) or [[]]
            while len(files) < len(of_level):
                new = (path / _level_name(len(files) + 1)).open("w", encoding="utf-8", newline="\n")
                files.append(stack.enter_context(new))
                if len(files) > 1:
                    files[0].flush()
                    _copy_bare(path / _level_name(1), new)
            for file, spans in zip(files, of_level + [[]] * len(files), strict=False):
                _write_document(file, record, spans, CONLL2003)


def _copy_bare(first: Path, file: IO[str]) -> None:
    with first.open(encoding="utf-8", newline="\n") as source:
        for line in source:
            row = line.split()
            bare = not row or row[0] == _START
            file.write(line if bare else f"{CONLL2003.line.format(row[0], 'O')}\n")


def _write_document(file: IO[str], record: Record, spans: list[Json], columns: Columns) -> None:
    """One document; its text is already tokens with a space between them, a sentence a line."""
    begins = {span["start"]: span for span in spans}
    file.write(columns.start + "\n\n")
    at, current = 0, None
    for sentence in record["text"].split("\n"):
        for token in sentence.split(" "):
            tag = "O"
            if at in begins:
                current = begins[at]
                tag = f"B-{current['label']}"
            elif current is not None and at < current["end"]:
                tag = f"I-{current['label']}"
            file.write(columns.line.format(token, tag) + "\n")
            at += len(token) + 1
        file.write("\n")


def _is_numbered(path: Path) -> bool:
    """Whether words are numbered from 1 in each sentence and two tags follow, the outer one first (GermEval 2014)."""
    found = encoding.detect(path)
    with path.open(encoding=found.name, errors=found.errors) as file:
        head = [row for line in islice(_lines(file), 50) if (row := _cells(clean(line)[0])) is not None]
    number, words = 0, 0
    for row in head:
        number = number + 1 if row else 0
        words += bool(row)
        if row and (row[0] != str(number) or len(row) != 4 or not _TAG.match(row[2])):
            return False
    return words > 1


def _lines(file: IO[str]) -> Iterator[str]:
    """Lines, the longest in pieces."""
    return iter(lambda: file.readline(_LONGEST_LINE), "")


def _cells(line: str) -> list[str] | None:
    """The cells of a line, none where it is empty; None where it is a comment. A no-break space parts none."""
    if "\t" in line:
        row = [cell for cell in map(str.strip, line.split("\t")) if cell]
    else:
        row = line.split() if line.isascii() else [cell for cell in line.strip().split(" ") if cell]
    return None if row and row[0] == "#" and not _TAG.match(row[-1]) else row


def _documents(path: Path, notes: list[Message], tag: int) -> Iterator[tuple[Place, list[list[Row]]]]:
    """Documents as sentences of rows, with the place of each; `tag` is the column of the tags."""
    found = encoding.detect(path)
    tell_encoding(notes, path, found)
    word = 0 if tag == -1 and not _is_numbered(path) else 1
    place, count = Place(path, 1), 0
    sentences: list[list[Row]] = []
    rows: list[Row] = []
    with path.open(encoding=found.name, errors=found.errors, newline="\n") as file:
        if found.skip:
            file.seek(found.skip)
        for number, line in enumerate(_lines(file), 1):
            columns = _cells(clean(line)[0])
            if columns is None:
                continue
            starts = columns[:1] == [_START]
            if rows and (not columns or starts):
                sentences.append(rows)
                rows = []
            if starts:
                if sentences:
                    yield place, sentences
                place, sentences, count = Place(path, number), [], 0
            elif columns:
                rows.append(_row(columns, word, tag, Place(path, number)))
                count += 1
                if count > _MOST_ROWS:
                    raise Place(path, number).wrong("read.too_large")
    if rows:
        sentences.append(rows)
    if sentences:
        yield place, sentences


def _row(columns: list[str], word: int, tag: int, place: Place) -> Row:
    if len(columns) < word - tag + 1 or not _TAG.match(columns[tag]):
        raise place.wrong("read.no_tag", value=columns[-1][:40])
    return columns[word], columns[tag]


def text_of(sentences: list[list[Row]]) -> str:
    return "\n".join(" ".join(token for token, _ in rows) for rows in sentences)


def spans_of(sentences: list[list[Row]], place: Place) -> list[Json]:
    """Spans by their tags. One that begins with I (IOB1) begins where the label is another or was none."""
    spans: list[Json] = []
    at = 0
    is_open = False
    for rows in sentences:
        for token, tag in rows:
            kind, _, label = tag.partition("-")
            goes_on = is_open and kind in "IEL" and kind != "" and spans[-1]["label"] == label
            if kind != "O" and not goes_on:
                spans.append({"start": at, "end": at + len(token), "label": label})
            elif goes_on:
                spans[-1]["end"] = at + len(token)
            is_open = kind in ("B", "I")
            at += len(token) + 1
        is_open = False
    if at == 0:
        raise place.wrong("read.no_words")
    return spans


def _level_name(number: int) -> str:
    return f"level-{number}.conll"


def _number(path: Path) -> int:
    digits = path.stem.removeprefix("level-")
    if not digits.isdecimal():
        raise UserError("read.unknown_format", path=path, known=_level_name(1))
    return int(digits)


def _shape(record: Record, lost: Losses) -> Record:
    """The outermost spans, on the text as tokens tell it."""
    first, *others = levels(cast("list[Json]", record["spans"])) or [[]]
    for span in (span for level in others for span in level):
        inside = any(one["start"] <= span["start"] and span["end"] <= one["end"] for one in first)
        lost["nested" if inside else "crossing"] += 1
    return on_tokens({**record, "spans": cast("Any", first)}, lost)


_CARRIES: Final = Carries(names=False, shape=_shape)
OUTERMOST_2003 = Format(
    name="conll2003",
    title="CoNLL-2003, outermost spans",
    suffixes=(".conll", ".iob", ".iob2"),
    fit=fit,
    read=read,
    write=_writer(CONLL2003),
    carries=_CARRIES,
)
OUTERMOST_2002 = Format(
    name="conll2002",
    title="CoNLL-2002, outermost spans",
    suffixes=(".conll",),
    read=read,
    write=_writer(CONLL2002),
    carries=_CARRIES,
)
LEVELS = Format(
    name="conll2003-levels",
    title="CoNLL-2003, a file for each level of nesting",
    suffixes=(),
    holds=holds,
    read=read,
    write=_write_levels,
    folder=True,
    carries=Carries(names=False, shape=on_tokens),
)
