"""Places in UTF-16, as JavaScript, Java and Windows count them, and in code points."""

from __future__ import annotations

from bisect import bisect_left


class Utf16:
    """Both ways for one text; costs nothing where no character takes two units."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._wide = [] if text.isascii() else [at for at, char in enumerate(text) if char > "\uffff"]

    def at(self, place: int) -> int:
        """Code points to UTF-16."""
        return place + bisect_left(self._wide, place)

    def code_points(self, unit: object) -> int | None:
        """UTF-16 to code points; None where it is no place of the text, or inside a character."""
        if type(unit) is not int or unit < 0:
            return None
        # how many wide characters begin before the unit: the n-th of them begins at its place + n
        low, high = 0, len(self._wide)
        while low < high:
            middle = (low + high) // 2
            if self._wide[middle] + middle < unit:
                low = middle + 1
            else:
                high = middle
        place = unit - low
        return place if place <= len(self.text) and self.at(place) == unit else None
