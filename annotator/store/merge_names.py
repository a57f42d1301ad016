"""What an entity is called where several reviewers named it: a rule that does not ask who came first.

Of an entity that a merge made, the names that reviewers call it by are kept, and those that somebody
gave up: the name is the first by the alphabet of those that nobody gave up. Names come together as
sets, so that any order of merging ends alike. What this project's own person called it stands.
"""

from __future__ import annotations

import json
from collections.abc import Set
from typing import NamedTuple

from annotator.domain.models import Entity, Row

_CALLED, _FORMERLY = "called", "formerly"
"""Where an entity's extra fields keep both, if there is more to say than its name."""


class Names(NamedTuple):
    """`called` by somebody, `formerly` so before a renaming, and all `others`."""

    called: frozenset[str]
    formerly: frozenset[str]
    others: frozenset[str]

    @property
    def all(self) -> frozenset[str]:
        return self.called | self.formerly | self.others

    @property
    def name(self) -> str:
        return min(self.called - self.formerly or self.called)

    def with_(self, other: Names) -> Names:
        """Both taken together."""
        return Names(*(one | two for one, two in zip(self, other, strict=True)))


def names_of(entity: Entity, former: Set[str]) -> Names:
    """What one project says: `former` are the names that its person changed."""
    extra = json.loads(entity.extra)
    called, formerly = (frozenset(extra.get(key, ())) for key in (_CALLED, _FORMERLY))
    if former:  # a person has chosen
        called, formerly = frozenset(), called | formerly | former
    called |= {entity.name}
    return Names(called, formerly - {entity.name}, frozenset(json.loads(entity.aliases)))


def fields(entity: Entity, names: Names, *, free: bool) -> Row:
    """What an entity of these names is called; where it is not `free`, its own name stands."""
    name = names.name if free else entity.name
    others = (names.called | names.others) - {name}
    row: Row = {"name": name}
    if entity.value is None and others != set(json.loads(entity.aliases)):
        row["aliases"] = json.dumps(sorted(others), ensure_ascii=False)
    if free and (len(names.called) > 1 or names.formerly):
        extra = json.loads(entity.extra) | {_CALLED: sorted(names.called), _FORMERLY: sorted(names.formerly)}
        row["extra"] = json.dumps(extra, ensure_ascii=False)
    return row
