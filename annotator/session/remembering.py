"""The memory at work: decisions in, their effect on the suggestions of all other articles out.

The decisions are read once; afterwards only those of articles that somebody decided in. Where a
verdict about some words changes, the articles that hold them are found by the search index.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from typing import Final, NamedTuple

from annotator.domain.changes import Message
from annotator.domain.recall import Place, Recalled, Strings, overlap, recall
from annotator.domain.verdicts import MEMORY, Verdicts
from annotator.store import Store
from annotator.store.remembering import Known
from annotator.store.runs import SLICE

SETTING: Final = "memory"
"""The project's setting that turns it off: false."""
VERSION: Final = "1"
Progress = Callable[[int, int], None]


class Report(NamedTuple):
    """What a run did: the articles it wrote to, suggestions that came and went there."""

    documents: frozenset[int]
    counts: Counter[str]

    def message(self) -> Message:
        names = ("added", "withdrawn", "documents")
        return Message("memory.done", {name: self.counts[name] for name in names})


class Reading(NamedTuple):
    """The open article, and the place in focus there: keys are meant for what stands in it."""

    document: int
    place: tuple[int, int] | None


class Memory:
    """What is known of one project's decisions. Used by one thread at a time, each with its own store."""

    def __init__(self) -> None:
        self._verdicts: Verdicts | None = None
        self._strings: Strings | None = None

    def forget(self) -> None:
        """Read everything anew next time: labels have other names."""
        self._verdicts = self._strings = None

    def spread(
        self,
        store: Store,
        *,
        decided: Collection[int] = (),
        fresh: Iterable[int] = (),
        reading: Reading | None = None,
        progress: Progress | None = None,
    ) -> Report:
        """Let decisions have their effect: those of articles that somebody `decided` in, everywhere;
        all of them in `fresh` articles. What somebody is `reading` comes first and is spared.
        """
        changed = self._learn(store, decided, progress)
        here = reading.document if reading is not None else None
        holding = set(fresh)
        for string in changed:
            _tick(progress)
            holding |= store.holding([string])
        documents = sorted(holding, key=lambda one: (one != here, one))
        return self._tell(store, documents, reading, progress)

    def spread_all(self, store: Store, progress: Progress | None = None) -> Report:
        """Let all decisions have their effect in all articles that are not done."""
        self.forget()
        self._learn(store, (), progress)
        return self._tell(store, [row.id for row in store.documents(("new", "in_progress"))], None, progress)

    def _learn(self, store: Store, decided: Collection[int], progress: Progress | None) -> set[str]:
        """Follow the decisions of these articles; the strings about which the verdict is another one now.

        At the first time those that were decided about there, or since the memory was last at work,
        and those of which it still speaks though nobody says anything of them any more.
        """
        if self._verdicts is None or self._strings is None:
            verdicts = Verdicts({label.id: label.name for label in store.labels()})
            for document, decisions in store.decisions():
                _tick(progress)
                verdicts.put(document, decisions)
            self._verdicts, self._strings = verdicts, Strings(verdicts)
            lately = {*decided, *store.unremembered()}
            undone = store.spoken_of() - {string for string, _ in verdicts.items()}
            return undone.union(*(verdicts.strings_of(document) for document in lately))
        changed = set[str]()
        for document, decisions in store.decisions(decided):
            changed |= self._verdicts.put(document, decisions)
        for string in changed:
            self._strings.put(string, self._verdicts[string])
        return changed

    def _tell(
        self, store: Store, documents: list[int], reading: Reading | None, progress: Progress | None
    ) -> Report:
        counts, wrote = Counter[str](), set[int]()
        run: int | None = None
        try:
            for start in range(0, len(documents), SLICE):
                said = []
                for number, document in enumerate(documents[start : start + SLICE], start):
                    if progress is not None:
                        progress(number, len(documents))
                    one = self._differing(store, document, reading)
                    if one is not None:
                        said.append(one)
                if said:
                    run = store.begin_run("memory", MEMORY, VERSION) if run is None else run
                    for document, written in store.recall(run, said).items():
                        wrote.add(document)
                        counts.update(documents=1, added=written.added, withdrawn=written.withdrawn)
        except BaseException:
            if run is not None:
                store.cancel_run(run)
            raise
        if run is not None:
            store.end_run(run, counts)
        return Report(frozenset(wrote), counts)

    def _differing(
        self, store: Store, document: int, reading: Reading | None
    ) -> tuple[Known, dict[Place, Recalled]] | None:
        """What the memory has to say of an article, where that is something else than it did."""
        assert self._verdicts is not None
        assert self._strings is not None
        known = store.known(document)
        if known is None:
            return None
        spared = reading.place if reading is not None and reading.document == document else None
        said = recall(known.situation, self._verdicts, self._strings, spared)
        if spared is not None:
            said |= {place: one for place, one in known.said.items() if overlap(place, spared)}
        return (known, said) if said != known.said else None


def _tick(progress: Progress | None) -> None:
    """Let somebody who waits for the end stop the work, while nobody knows yet how much it is."""
    if progress is not None:
        progress(0, 0)


def is_on(store: Store) -> bool:
    """Whether decisions of this project are remembered."""
    return store.setting(SETTING) is not False


def turn_off(store: Store, progress: Progress | None = None) -> Report:
    """Take back all that the memory suggested and nobody decided on, and remember nothing from now on."""
    store.set_setting(SETTING, value=False)
    total = len(store.remembered())
    counts, wrote = Counter[str](), set[int]()
    for document, one in store.take_back_memory():
        wrote.add(document)
        counts.update(documents=1, added=one.added, withdrawn=one.withdrawn)
        if progress is not None:
            progress(len(wrote), total)
    return Report(frozenset(wrote), counts)


def turn_on(store: Store) -> None:
    """Remember decisions again; `Memory.spread_all` lets those that there are have their effect."""
    store.set_setting(SETTING, value=True)
