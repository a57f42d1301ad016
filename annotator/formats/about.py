"""What a writer may need to know of the project beside its records."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Self

from annotator.domain.models import FILL, KIND_NAME, NEW_HUES, Label
from annotator.domain.splitting import DEV, PARTS, TEST, TRAIN

__all__ = ["DEV", "PARTS", "TEST", "TRAIN", "About"]


def _all_train(_name: str) -> str:
    return TRAIN


@dataclass(frozen=True, slots=True)
class About:
    """The project of an export. `part` says by an article's id which part of a split it belongs to.

    Articles that tell of the same are in one part, so that nothing leaks from train into test.
    """

    name: str = "annotations"
    labels: tuple[Label, ...] = ()
    relation_types: tuple[str, ...] = ()
    role_types: tuple[str, ...] = ()
    part: Callable[[str], str] = field(default=_all_train)

    def with_labels(self, labels: Iterable[str], relation_types: Iterable[str] = ()) -> Self:
        """The same with labels and relation types that were met beside the known ones."""
        known = {label.name for label in self.labels}
        others = (
            Label(0, name, None, NEW_HUES[at % len(NEW_HUES)], FILL, KIND_NAME, "", at)
            for at, name in enumerate(sorted(set(labels) - known), len(known))
        )
        types = dict.fromkeys((*self.relation_types, *sorted(relation_types)))
        return replace(self, labels=(*self.labels, *others), relation_types=tuple(types))
