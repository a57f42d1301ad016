"""Word lists: plain text in resources/lexicons/, one term a line, `#` starts a comment."""

from __future__ import annotations

from functools import cache

from annotator import paths


@cache
def terms(name: str) -> frozenset[str]:
    """The terms of `NAME.txt` as they are written there."""
    file = paths.resources() / "lexicons" / f"{name}.txt"
    lines = (line.partition("#")[0].strip() for line in file.read_text(encoding="utf-8").splitlines())
    return frozenset(line for line in lines if line)
