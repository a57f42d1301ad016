"""DocBin, spaCy's file of Docs, written and read as the arrays that it is: a Doc for each takes three times as long.

It is a message (msgpack, then zlib): a row of attributes for each token of all Docs, how many rows
each Doc has, whether a space follows, every string (elsewhere are their hashes), and for each Doc
its span groups and user data. What it means is what spaCy's own DocBin and Doc make of it.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate, pairwise
from struct import Struct
from typing import Any, Final, NamedTuple

from annotator.formats.tokens import Tokens

_ATTRS: Final = ("ORTH", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID")
_READ: Final = (*_ATTRS, "ENT_ID")
_INSIDE, _OUTSIDE, _BEGIN = 1, 2, 3
_SPAN: Final = Struct(">QQQllll")
"""Id, entity and label (hashes), first token and the one behind, start and end in code points."""
_LEVEL: Final = 2
"""Of zlib: its usual one takes three times as long for a seventh less."""


class Mention(NamedTuple):
    """A span: its tokens `[first, behind)`, its code points `[start, end)`."""

    first: int
    behind: int
    start: int
    end: int
    label: str
    entity: str = ""
    id: str = ""


class PlainDoc(NamedTuple):
    """What a file says of a Doc."""

    text: str
    groups: Mapping[str, list[Mention]]
    ents: list[Mention]
    user_data: Mapping[Any, Any]


class Writer:
    """Collects Docs; `packed` is their file."""

    def __init__(self) -> None:
        from srsly.msgpack import Packer

        self._pack = Packer(use_bin_type=True).pack
        self._hashes = _Hashes()
        self._rows: list[Any] = []
        self._spaces: list[Any] = []
        self._groups: list[bytes] = []
        self._user_data: list[bytes] = []

    def add(
        self,
        text: str,
        tokens: Tokens,
        groups: Mapping[str, list[Mention]],
        ents: Iterable[Mention],
        user_data: Mapping[str, str],
    ) -> None:
        """Add a Doc; entities must not overlap."""
        import numpy as np

        hashes = self._hashes
        rows = np.zeros((len(tokens.starts), len(_ATTRS)), np.uint64)
        places = zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True)
        rows[:, 0] = [hashes[text[start:end]] for start, end in places]
        rows[:, 1] = _OUTSIDE
        for one in ents:
            rows[one.first : one.behind, 1] = _INSIDE
            rows[one.first, 1] = _BEGIN
            rows[one.first : one.behind, 2] = hashes[one.label]
            rows[one.first : one.behind, 3] = hashes[one.entity]
        self._rows.append(rows)
        self._spaces.append(tokens.spaces)
        self._groups.append(self._pack({self._group(name, its): [name] for name, its in groups.items()}))
        self._user_data.append(self._pack(user_data))

    def _group(self, name: str, mentions: list[Mention]) -> bytes:
        hashes = self._hashes
        spans = [
            _SPAN.pack(hashes[id], hashes[entity], hashes[label], first, behind, start, end)
            for first, behind, start, end, label, entity, id in mentions
        ]
        packed: bytes = self._pack({"name": name, "attrs": {}, "spans": spans})
        return packed

    def packed(self) -> bytes:
        """The content of the file."""
        import numpy as np
        from spacy.attrs import IDS

        count = len(self._rows)
        message = {
            "version": "0.1",
            "attrs": [IDS[name] for name in _ATTRS],
            "tokens": np.concatenate(self._rows).tobytes(),
            "spaces": np.concatenate(self._spaces).tobytes(),
            "lengths": np.array([len(rows) for rows in self._rows], np.int32).tobytes(),
            "strings": sorted(self._hashes),
            "cats": [{}] * count,
            "flags": [{"has_unknown_spaces": False}] * count,
            "span_groups": self._groups,
            "user_data": self._user_data,
        }
        return zlib.compress(self._pack(message), _LEVEL)


class _Hashes(dict[str, int]):
    """What spaCy knows strings by; those that were asked for are its keys."""

    def __init__(self) -> None:
        from spacy.strings import StringStore

        self._store = StringStore()

    def __missing__(self, string: str) -> int:
        self[string] = number = int(self._store[string])
        return number


def docs(data: bytes) -> Iterator[PlainDoc]:
    """What a file holds. Any error where it is none, whatever zlib, msgpack, numpy or spaCy make of it."""
    import numpy as np
    from spacy.strings import StringStore

    message = _unpacked(zlib.decompress(data))
    names = StringStore(message["strings"])
    rows = _rows(message)
    words = {orth: names[orth] for orth in np.unique(rows[:, 0]).tolist()}
    spaces = np.frombuffer(message["spaces"], bool)
    lengths = np.frombuffer(message["lengths"], np.int32).tolist()
    if min(lengths, default=0) < 0 or not sum(lengths) == len(rows) == len(spaces):
        raise ValueError("its lengths are not those of its tokens")
    flags, groups, user_data = (
        message.get(name) or [None] * len(lengths) for name in ("flags", "span_groups", "user_data")
    )
    ends = accumulate(lengths, initial=0)
    for number, (begin, end) in enumerate(pairwise(ends)):
        orths, *entities = rows[begin:end].T.tolist()
        follows = spaces[begin:end].tolist()
        if flags[number] and flags[number].get("has_unknown_spaces"):
            follows = [True] * len(orths)
        its = [words[orth] for orth in orths]
        pieces = [word + " " if space else word for word, space in zip(its, follows, strict=True)]
        yield PlainDoc(
            "".join(pieces),
            _groups(groups[number], names) if groups[number] else {},
            [*_entities(its, pieces, entities, names)],
            _unpacked(user_data[number], use_list=False) if user_data[number] else {},
        )


def _rows(message: Mapping[str, Any]) -> Any:
    """The attributes of all tokens, in the order of `_READ`; 0 where the file has none of a name."""
    import numpy as np
    from spacy.attrs import IDS

    attrs = message["attrs"]
    found = np.frombuffer(message["tokens"], np.uint64).reshape(-1, len(attrs))
    rows = np.zeros((len(found), len(_READ)), np.uint64)
    for at, name in enumerate(_READ):
        if IDS[name] in attrs:
            rows[:, at] = found[:, attrs.index(IDS[name])]
    return rows


def _entities(
    words: list[str], pieces: list[str], attributes: list[list[int]], names: Any
) -> Iterator[Mention]:
    """The entities of a Doc. ValueError where one goes on that did not begin."""
    iob, labels, entities, ids = attributes
    starts = [0, *accumulate(map(len, pieces))]
    begun = None
    for at, code in enumerate([*iob, _OUTSIDE]):
        if code == _INSIDE:
            if begun is None:
                raise ValueError("an entity goes on that did not begin")
            continue
        if code > _BEGIN:
            raise ValueError(f"no such place in an entity: {code}")
        if begun is not None:
            end = starts[at - 1] + len(words[at - 1])
            label, entity, id = names[labels[begun]], names[entities[begun]], names[ids[begun]]
            yield Mention(begun, at, starts[begun], end, label, entity, id)
        begun = at if code == _BEGIN and labels[at] else None


def _groups(data: bytes, names: Any) -> dict[str, list[Mention]]:
    """The span groups of a Doc by name; older files have a list of them."""
    found = _unpacked(data)
    groups = found.items() if isinstance(found, dict) else ((one, ()) for one in found)
    made = {}
    for packed, keys in groups:
        group = _unpacked(packed)
        mentions = [_mention(_SPAN.unpack(span), names) for span in group["spans"]]
        for key in keys or [group["name"]]:
            made[key] = mentions
    return made


def _mention(span: tuple[Any, ...], names: Any) -> Mention:
    id, entity, label, first, behind, start, end = span
    return Mention(first, behind, start, end, names[label], names[entity], names[id])


def _unpacked(data: bytes, *, use_list: bool = True) -> Any:
    """A message. Without the hook, those of others would be looked up at each call: a fifth of the time."""
    from srsly.msgpack import unpackb

    return unpackb(data, raw=False, use_list=use_list, object_pairs_hook=dict)
