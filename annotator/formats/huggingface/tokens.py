"""Articles as data sets for token classification have them: a row of tokens and one of tags, or of numbers for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import orjson

from annotator.domain.record import Record
from annotator.errors import UserError
from annotator.formats.checking import Place, check_record
from annotator.formats.conll import spans_of, text_of

_TOKENS: Final = ("tokens", "words")
_TAGS: Final = ("ner_tags", "tags", "labels")


class Tagged(NamedTuple):
    """The columns of tokens and tags, and what numbers for tags mean, where that is said."""

    tokens: str
    tags: str
    names: Sequence[str]


def tagged(columns: Iterable[str], metadata: Mapping[bytes, bytes] | None) -> Tagged | None:
    """By the columns of a table and what `datasets` notes with them. None where it is no such table."""
    there = set(columns)
    tokens = next((name for name in _TOKENS if name in there), None)
    tags = next((name for name in _TAGS if name in there), None)
    if tokens is None or tags is None:
        return None
    return Tagged(tokens, tags, _names(orjson.loads((metadata or {}).get(b"huggingface", b"{}")), tags))


def records(rows: Iterable[Mapping[str, Any]], about: Tagged, path: Path) -> Iterator[Record]:
    """The articles, a space between the tokens. Rows without a token are none."""
    for number, row in enumerate(rows, 1):
        place = Place(path, number)
        tags = [_tag(tag, about, path) for tag in row[about.tags] or ()]
        words = [" ".join(str(word).split()) or "\ufffd" for word in row[about.tokens] or ()]
        if len(tags) != len(words):
            raise place.wrong("read.not_as_many", count=len(words), found=len(tags))
        if words:
            sentences = [list(zip(words, tags, strict=True))]
            name = str(row["id"]) if row.get("id") not in (None, "") else f"{path.stem}-{number}"
            item = {"id": name, "text": text_of(sentences), "spans": spans_of(sentences, place)}
            yield check_record(item, place)


def _names(noted: Any, tags: str) -> Sequence[str]:
    try:
        feature = noted["info"]["features"][tags]
        return [str(name) for name in (feature.get("feature") or feature)["names"]]
    except (KeyError, TypeError, AttributeError):
        return ()


def _tag(tag: Any, about: Tagged, path: Path) -> str:
    if isinstance(tag, str):
        return tag
    if not isinstance(tag, int) or not 0 <= tag < len(about.names):
        raise UserError("read.tag_number", path=path, field=about.tags, value=tag)
    return about.names[tag]
