"""In which encoding a file is written: its signature, UTF-8, else a guess that is told."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from annotator.domain.text import MAX_REPLACED
from annotator.errors import UserError

_CHUNK = 1 << 20
_SAMPLE = 1 << 16
_SIGNATURES = (
    # UTF-32 LE first: its signature begins with that of UTF-16 LE
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_IN_USE = (
    "cp1250 cp1251 cp1253 cp1254 cp1255 cp1256 cp1257 koi8_r mac_roman gb18030 big5 cp932 euc_jp euc_kr "
    "iso8859_2 iso8859_5"
).split()
_WESTERN = frozenset(
    "‘’‚“”„–—…•€™£§©®«»‹›°·´½¼¿¡ºª\xa0àâäáãåæçèéêëìíîïñòóôõöøùúûüœßÀÂÄÁÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜŒ"
)


class Encoding(NamedTuple):
    """How to decode a file behind its signature of `skip` bytes.

    `errors` is "strict" where every byte is valid, else what codecs do with the rest.
    """

    name: str
    skip: int = 0
    errors: str = "strict"


UTF8 = Encoding("utf-8")


def detect(path: Path) -> Encoding:
    """The encoding of a text file, read in chunks. UserError where nothing fits."""
    with path.open("rb") as file:
        head = file.read(_SAMPLE)
    for signature, name in _SIGNATURES:
        if head.startswith(signature):
            return Encoding(name, len(signature), _errors(path, name, len(signature)) or "replace")
    wide = _wide(head)
    if wide:
        return Encoding(wide, 0, _errors(path, wide, 0) or "replace")
    if head.count(0) > len(head) * MAX_REPLACED:
        raise UserError("read.binary", path=path)
    errors = _errors(path, "utf-8", 0)
    if errors:
        return Encoding("utf-8", 0, errors)
    sample = _sample(path)
    if _is_damaged_utf8(sample):
        return Encoding("utf-8", 0, "replace")
    guess = _guess(sample)
    if guess is None:
        raise UserError("read.unknown_encoding", path=path)
    return Encoding(guess, 0, _errors(path, guess, 0) or "replace")


def decode(data: bytes, encoding: Encoding) -> str:
    """The text of a whole file. Bytes that are not valid become U+FFFD."""
    return data[encoding.skip :].decode(encoding.name, encoding.errors)


def head_text(head: bytes) -> str:
    """The beginning of a file as text, good enough to tell a format by."""
    for signature, name in _SIGNATURES:
        if head.startswith(signature):
            return head[len(signature) :].decode(name, "ignore")
    return head.decode("utf-8", "replace")


def _errors(path: Path, name: str, skip: int) -> str | None:
    """The gentlest way in which the whole file decodes, None where it does not."""
    for errors in ("strict", "surrogatepass"):
        decoder = codecs.getincrementaldecoder(name)(errors)
        try:
            for chunk in _chunks(path, skip):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return errors
    return None


def _chunks(path: Path, skip: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(skip)
        while chunk := file.read(_CHUNK):
            yield chunk


def _sample(path: Path) -> bytes:
    """Lines that are not plain ASCII, from all over the file: what an encoding shows in."""
    found: list[bytes] = []
    size = 0
    with path.open("rb") as file:
        while size < _SAMPLE and (line := file.readline(_SAMPLE)):
            if not line.isascii():
                found.append(line)
                size += len(line)
    return b"".join(found)


def _is_damaged_utf8(sample: bytes) -> bool:
    """Whether valid characters beyond ASCII far outweigh the broken bytes."""
    text = sample.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    valid = sum(char > "\x7f" for char in text) - broken
    return valid > 4 * broken


def _guess(sample: bytes) -> str | None:
    """The likeliest encoding that is not UTF-8.

    In short Western text charset-normalizer prefers rarer tables that differ in a letter or
    two; there the commonest one is taken.
    """
    from charset_normalizer import from_bytes

    if _is_western(sample):
        return "cp1252"
    best = from_bytes(sample, cp_isolation=_IN_USE).best()
    return best.encoding if best is not None else None


def _is_western(sample: bytes) -> bool:
    """Whether cp1252 gives only signs and letters of Western languages, the letters few."""
    beyond = [char for char in sample.decode("cp1252", "replace") if char > "\x7f"]
    letters = sum(char.isalpha() for char in beyond)
    return _WESTERN.issuperset(beyond) and letters * 5 <= len(sample)


def _wide(head: bytes) -> str | None:
    """UTF-16 without a signature: in most scripts every second byte is often zero."""
    half = len(head) // 2
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > half * 0.3 and even < half * 0.01:
        return "utf-16-le"
    if even > half * 0.3 and odd < half * 0.01:
        return "utf-16-be"
    return None
