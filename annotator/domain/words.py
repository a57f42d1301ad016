"""Words and characters of a text: where a span may begin and end, and its next such place.

All places are code points. A character is what a reader sees as one: a letter with its
marks, an emoji sequence, a flag, CRLF. Snapping follows the guidelines: whole words, no white
space, no punctuation of the sentence, no possessive.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right

Place = tuple[int, int]

_ZWJ = "\u200d"
# A word: letters, digits and marks; an apostrophe or full stop inside it, not at its ends.
_MARKS = "\u0300-\u036f\u200c\u200d\u20d0-\u20ff\ufe00-\ufe0f"
_WORD = re.compile(rf"\w[\w{_MARKS}]*(?:['’.](?=\w)[\w{_MARKS}]+)*")
_POSSESSIVE = re.compile(r"(?<!\s)['’][sS]$")
_ABBREVIATION = re.compile(
    r"(?:^|\W)(?:[A-Z]|Co|Corp|Inc|Ltd|Jr|Sr|Bros|St|Dr|No|Nov|Oct|Sept?|Aug|Dec|Feb|Jan)$"
)
_OPENING = frozenset("([{“‘«‹\"'’¿¡—–-•*")
_CLOSING = frozenset(".,;:!?)]}”’»›\"'…—–-*")
_PAIRS = {")": "(", "]": "["}
_REACH = 200
"""A word longer than this is not looked at as a whole."""


def word_at(text: str, place: int) -> Place | None:
    """The word that covers a place, or ends at it; None between words."""
    for start, end in _words(text, place, place):
        if start <= place <= end:
            return trim(text, start, end)
    return None


def snap(text: str, start: int, end: int) -> Place | None:
    """The span that a rough selection means; None where it holds no word and no sign.

    Words that are cut are completed; the edges are then trimmed.
    """
    trimmed = trim(text, start, end)
    if trimmed is None:
        return None
    start, end = trimmed
    for first, last in _words(text, start, end):
        if first < start < last:
            start = first
        if first < end < last and not _POSSESSIVE.match(text[end:last]):
            end = last
    return trim(text, start, end)


def trim(text: str, start: int, end: int) -> Place | None:
    """The span without outer white space, sentence punctuation and possessive; None if empty."""
    while start < end and (text[start].isspace() or _drops_opening(text, start, end)):
        start += 1
    while start < end and (text[end - 1].isspace() or _drops_closing(text, start, end)):
        end -= 1
    if start >= end:
        return None
    possessive = _POSSESSIVE.search(text, start, end)
    # A name may end so (`Time's Up` does not): only where a word stands before it.
    if possessive and possessive.start() > start:
        end = possessive.start()
    return start, end


def _drops_opening(text: str, start: int, end: int) -> bool:
    char = text[start]
    if char == "’" and text[start + 1 : start + 2].isdigit():
        return False  # ’97
    return char in _OPENING and start + 1 < end


def _drops_closing(text: str, start: int, end: int) -> bool:
    char = text[end - 1]
    if char not in _CLOSING or end - 1 <= start:
        return False
    if char in _PAIRS and _PAIRS[char] in text[start : end - 1]:
        return False
    return not (char == "." and _ABBREVIATION.search(text[start : end - 1]))


def grow_end(text: str, start: int, end: int) -> Place:
    """The span with the next word; the same one at the end of the text."""
    for _, last in _words(text, end, end + _REACH):
        if last > end:
            return start, last
    return start, end


def shrink_end(text: str, start: int, end: int) -> Place:
    """The span without its last word; one word always stays."""
    ends = [last for _, last in _words(text, start, end) if start < last < end]
    return (start, ends[-1]) if ends else (start, end)


def grow_start(text: str, start: int, end: int) -> Place:
    """The span with the word before it."""
    starts = [first for first, _ in _words(text, start - _REACH, start) if first < start]
    return (starts[-1], end) if starts else (start, end)


def shrink_start(text: str, start: int, end: int) -> Place:
    """The span without its first word; one word always stays."""
    for first, _ in _words(text, start, end):
        if start < first < end:
            return first, end
    return start, end


def grow_end_char(text: str, start: int, end: int) -> Place:
    """The span with the next character."""
    return start, next_character(text, end)


def shrink_end_char(text: str, start: int, end: int) -> Place:
    """The span without its last character; one always stays."""
    place = previous_character(text, end)
    return (start, place) if place > start else (start, end)


def grow_start_char(text: str, start: int, end: int) -> Place:
    """The span with the character before it."""
    return previous_character(text, start), end


def shrink_start_char(text: str, start: int, end: int) -> Place:
    """The span without its first character; one always stays."""
    place = next_character(text, start)
    return (place, end) if place < end else (start, end)


def next_character(text: str, place: int) -> int:
    """The next place after this one where a character begins, at most the text's end."""
    place = min(place + 1, len(text))
    while place < len(text) and not is_boundary(text, place):
        place += 1
    return place


def previous_character(text: str, place: int) -> int:
    """The place before this one where a character begins, at least 0."""
    place = max(place - 1, 0)
    while place > 0 and not is_boundary(text, place):
        place -= 1
    return place


def is_boundary(text: str, place: int) -> bool:
    """Whether a character begins here; the text's two ends count."""
    if place <= 0 or place >= len(text):
        return True
    before, after = text[place - 1], text[place]
    if before == "\r" and after == "\n":
        return False
    if after == _ZWJ or _extends(after):
        return before in "\r\n"
    if before == _ZWJ:
        return after.isspace()
    if _is_flag_letter(after) and _is_flag_letter(before):
        return _flag_letters_before(text, place) % 2 == 0
    return True


def _extends(char: str) -> bool:
    return (
        unicodedata.category(char) in ("Mn", "Me", "Mc")
        or "\U0001f3fb" <= char <= "\U0001f3ff"  # skin tones
        or "\U000e0020" <= char <= "\U000e007f"  # tags, as in the flag of Scotland
    )


def _is_flag_letter(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _flag_letters_before(text: str, place: int) -> int:
    count = 0
    while place > count and _is_flag_letter(text[place - count - 1]):
        count += 1
    return count


def _words(text: str, start: int, end: int) -> list[Place]:
    """The words that touch [start, end], found in a window around it."""
    low = max(0, start - _REACH)
    found = [match.span() for match in _WORD.finditer(text, low, min(len(text), end + _REACH))]
    first = bisect_left(found, start, key=lambda place: place[1])
    return found[first : bisect_right(found, end, key=lambda place: place[0])]
