"""What a linker is, and which there are: entry points of one group, ours and plug-ins alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, Protocol

from annotator.domain.linking import ArticleMentions, Group, KnownEntity, ProposedRole
from annotator.errors import UserError

GROUP: Final = "annotator.linkers"
DEFAULT: Final = "names-and-dates"


class Linker(Protocol):
    """Proposes links for a whole corpus."""

    name: str
    version: str

    def propose(
        self, articles: Iterable[ArticleMentions], known: Iterable[KnownEntity]
    ) -> Iterator[Group | ProposedRole]:
        """Groups of mentions, no mention twice, then roles. Articles are read once, one by one."""
        ...


def linker(name: str) -> Linker:
    """The linker of this name. UserError where there is none or it does not load."""
    from importlib.metadata import entry_points  # too slow for a start that does not link

    points = {point.name: point for point in entry_points(group=GROUP)}
    if name not in points:
        raise UserError("link.unknown", name=name, known=", ".join(sorted(points)))
    try:
        found: Linker = points[name].load()()
    except (ImportError, AttributeError) as error:
        raise UserError("link.not_loaded", name=name, why=str(error)) from error
    return found
