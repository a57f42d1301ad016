"""Names of ours where others allow letters, digits, `_` and `-` alone, or where a file system decides."""

from __future__ import annotations

import hashlib
import re
from typing import Final
from urllib.parse import quote, unquote

_NO_TYPE: Final = re.compile(r"[^A-Za-z0-9_-]")
_NO_FILE: Final = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*%\s]|^\.|\.$')
_LONGEST_FILE: Final = 200
"""Bytes that a file name may have everywhere, endings aside."""


class TypeNames:
    """The name of a label, role or relation as an identifier; each its own, in order of asking."""

    def __init__(self) -> None:
        self.plain: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        if name not in self.plain:
            base = made = _NO_TYPE.sub("_", name)
            taken, number = set(self.plain.values()), 1
            while made in taken:
                number += 1
                made = f"{base}_{number}"
            self.plain[name] = made
        return self.plain[name]


def quoted(name: str) -> str:
    """A name without white space and signs that mean something to file systems; `unquoted` gives it back."""
    return _NO_FILE.sub(lambda sign: quote(sign[0], safe="").replace(".", "%2E"), name)


def unquoted(name: str) -> str:
    return unquote(name) if "%" in name else name


def file_name(name: str) -> str:
    """An article's name as that of a file: quoted, and cut where it is too long."""
    made = quoted(name)
    if len(made.encode()) > _LONGEST_FILE:
        digest = hashlib.sha256(name.encode()).hexdigest()[:12]
        made = made.encode()[: _LONGEST_FILE - 13].decode(errors="ignore").rstrip("%.") + "-" + digest
    return made
