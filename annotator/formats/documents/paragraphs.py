"""The paragraphs of a word processor's XML, a line each, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from annotator.formats.xml import local

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


class Grammar(NamedTuple):
    """Which elements are paragraphs, which are passed over, and what text stands at and behind others."""

    paragraphs: frozenset[str]
    skipped: frozenset[str]
    at: Callable[[str, Element], str]
    behind: Callable[[Element], str]


def text(root: Element, grammar: Grammar) -> str:
    """All paragraphs, also those of tables and frames."""
    return "\n".join(_lines(root, grammar)).strip("\n")


def _lines(element: Element, grammar: Grammar) -> Iterator[str]:
    for child in element:
        name = local(child)
        if name in grammar.paragraphs:
            yield "".join(_pieces(child, grammar))
        elif name not in grammar.skipped:
            yield from _lines(child, grammar)


def _pieces(element: Element, grammar: Grammar) -> Iterator[str]:
    yield grammar.at(local(element), element)
    for child in element:
        name = local(child)
        if name in grammar.paragraphs:  # of a frame that hangs in this paragraph
            yield "\n"
        if name not in grammar.skipped:
            yield from _pieces(child, grammar)
        yield grammar.behind(child)
