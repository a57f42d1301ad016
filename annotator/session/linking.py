"""Links that the program proposes for a whole corpus, and accepting the sure ones in bulk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, TypeVar

from annotator.domain.changes import Author, Changed, Message
from annotator.domain.clock import now
from annotator.domain.edits import link_edits
from annotator.domain.linking import Group, ProposedRole
from annotator.link.linker import DEFAULT, linker
from annotator.store import Store

SURE: Final = 0.8
"""From this score on, proposals are right often enough to be accepted in bulk."""

Progress = Callable[[int, int], None]
"""Called with steps done and steps in all: articles read, then their mentions written."""

_GROUPS = 64
_T = TypeVar("_T")


@dataclass(frozen=True)
class LinkReport:
    """What a run did: links proposed, kept, withdrawn and left (decided or gone), roles proposed."""

    counts: Counter[str] = field(default_factory=Counter)
    cancelled: bool = False

    def messages(self) -> list[Message]:
        """What a person should know, a line each."""
        said = [
            Message("link.proposed", {name: self.counts[name] for name in ("proposed", "kept", "withdrawn")})
        ]
        if self.counts["roles"]:
            said.append(Message("link.roles", {"count": self.counts["roles"]}))
        if self.cancelled:
            said.append(Message("link.cancelled"))
        return said


class _CancelledError(Exception):
    """Somebody wants no more."""


def propose_links(
    store: Store,
    name: str = DEFAULT,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> LinkReport:
    """Propose links for every span without an accepted one; nothing that was decided changes.

    What was written before a cancellation stays. UserError where the linker is not installed.
    """
    found = linker(name)
    steps = _Steps(2 * store.document_count(), progress, cancelled)
    run = store.begin_run("link", found.name, found.version)
    writer = store.link_writer(run, found.name)
    try:
        proposed = list(found.propose(steps.each(store.linkable()), store.known_entities()))
        groups = [one for one in proposed if isinstance(one, Group)]
        mentions = sum(len(group.members) for group in groups)
        steps.go_on(mentions)
        for start in range(0, len(groups), _GROUPS):
            steps.count(writer.add(groups[start : start + _GROUPS]))
        writer.add_roles(one for one in proposed if isinstance(one, ProposedRole))
        counts = writer.finish()
    except _CancelledError:
        counts = writer.tell()
        store.cancel_run(run)
        return LinkReport(counts, cancelled=True)
    except BaseException:
        store.cancel_run(run)
        raise
    store.end_run(run, counts)
    return LinkReport(counts)


class _Steps:
    """How far it is: one half reading, one half writing."""

    def __init__(self, total: int, progress: Progress | None, cancelled: Callable[[], bool] | None) -> None:
        self._total = total
        self._done = 0.0
        self._progress = progress
        self._cancelled = cancelled
        self._mentions = 1

    def each(self, items: Iterable[_T]) -> Iterator[_T]:
        """The items of the first half, counted one by one."""
        for item in items:
            yield item
            self._step(1.0)

    def go_on(self, mentions: int) -> None:
        """The second half has so many mentions."""
        self._mentions = max(1, mentions)

    def count(self, mentions: int) -> None:
        """So many more mentions are written."""
        self._step(self._total / 2 * mentions / self._mentions)

    def _step(self, steps: float) -> None:
        if self._cancelled is not None and self._cancelled():
            raise _CancelledError
        self._done += steps
        if self._progress is not None:
            self._progress(min(self._total, round(self._done)), self._total)


def accept_above(store: Store, score: float, reviewer: str) -> Changed | None:
    """Accept proposed links at least this sure, as one decision; None where there are none.

    Only those of accepted spans: a span that nobody looked at is not accepted in passing.
    """
    links, new = store.links_above(score)
    change = link_edits.accept_links(links, new, Author(reviewer, now()))
    return store.apply(change, reviewer) if change else None
