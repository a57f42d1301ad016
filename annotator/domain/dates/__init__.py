"""From the words of a date and the article's own date to a calendar value.

`resolve("last Tuesday", date(2017, 11, 19))` is `2017-11-14`. What leans on a date that is
not known (`Monday` in an article without one) has no value. News tells of the past, so an
open choice falls to the last such day, month or season, unless the sentence looks ahead.
"""

from __future__ import annotations

from annotator.domain.dates.grammar import prepare
from annotator.domain.dates.resolving import Moment, looks_ahead, resolve

__all__ = ["Moment", "looks_ahead", "prepare", "resolve"]
