"""The memory of decisions: what it saves a reviewer, and how soon a decision shows its effect elsewhere.

The gold sets are reviewed in order from the program's own suggestions, each article turned into gold by
the session's own edits, with and without the memory. Then, in the articles of W1 with suggestions on
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
from annotator.domain.models import DONE, SUGGESTED
from annotator.domain.record import Record
from annotator.domain.suggestion import Suggestion
from annotator.formats.score import score
from annotator.session.importing import import_paths
from annotator.session.remembering import Memory
from annotator.session.session import Session
from annotator.store import Store
from annotator.suggest import registry
from tests.benchmarks import measure, workloads

GOLD = Path(__file__).parent.parent / "gold"
FLOOR = "reading the articles once"
PARTS = 3


class Reviewed(NamedTuple):
    """A set reviewed in order: its gold records, and the predictions at the opening of each."""

    gold: list[dict[str, Any]]
    predicted: list[Record]


def main() -> None:
    """Replay the sets, then time a decision in a workload."""
    name = measure.workload(__doc__ or "")
    _savings()
    _delay(name)


def _savings() -> None:
    model = registry.default_name()
    suggester = registry.load(model)
    print(
        f"memory: gold reviewed in order, suggestions by {model}; actions above 1.00 per gold span by thirds"
    )
    without, with_it = [], []
    for path in sorted(GOLD.glob("*.jsonl")):
        gold = [orjson.loads(line) for line in path.read_bytes().splitlines()]
        found = [suggester.suggest(record["text"], record.get("date")) for record in gold]
        plain, remembering = (replay(gold, found, remember=on) for on in (False, True))
        _tell(path.stem, [plain], [remembering])
        without.append(plain)
        with_it.append(remembering)
    _tell("all", without, with_it)


def replay(gold: list[dict[str, Any]], found: Sequence[list[Suggestion]], *, remember: bool) -> Reviewed:
    """Review articles in order: every one becomes its gold by the acts that cost the least."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "articles.jsonl"
        source.write_bytes(b"\n".join(orjson.dumps({"id": r["id"], "text": r["text"]}) for r in gold))
        with store.create(Path(folder) / "p.db") as project:
            import_paths(project, [source])
            session, memory, predicted = Session(project, "bench"), Memory(), []
            rows = [row.id for row in project.documents()]
            run = project.begin_run("suggest", "model", "1")
            project.add_suggestions(run, "model", "1", zip(rows, found, strict=True))
            project.end_run(run, {})
            for number, record in zip(rows, gold, strict=True):
                session.open(number)
                predicted.append(_review(session, record))
                if remember:
                    memory.spread(project, decided=[number])
            assert project.check() == []
    return Reviewed(gold, predicted)


def _review(session: Session, record: dict[str, Any]) -> Record:
    """Turn the open article into gold; what was suggested in it before."""
    article = session.article
    assert article is not None
    ids = {label.name: label.id for label in article.labels.values()}
    spans = list(article.in_order([SUGGESTED]))
    places = [Place(span.start, span.end, article.labels[span.label].name) for span in spans]
    wanted = [Place(span["start"], span["end"], span["label"]) for span in record["spans"]]
    pairs = pair_up(wanted, places, lambda one, other: one.label == other.label)
    rest = [index for index in range(len(wanted)) if index not in pairs]
    left = [index for index in range(len(places)) if index not in set(pairs.values())]
    near = pair_up(
        [wanted[i] for i in rest],
        [places[i] for i in left],
        lambda one, other: 2 * shared(one, other) >= joined(one, other),
    )
    pairs |= {rest[one]: left[other] for one, other in near.items()}
    for index in set(range(len(places))) - set(pairs.values()):
        session.run(lambda article, author, i=index: span_edits.reject(article, [spans[i].id], author))
    for index, (start, end, name) in enumerate(wanted):
        other = pairs.get(index)
        if other is None:
            session.run(
                lambda article, author, s=start, e=end, n=name: span_edits.add(article, s, e, ids[n], author)
            )
            continue
        span = spans[other]
        if places[other].label != name:
            session.run(
                lambda article, author, i=span.id, n=name: span_edits.relabel(article, [i], ids[n], author)
            )
        if (span.start, span.end) != (start, end):
            session.run(
                lambda article, author, i=span.id, s=start, e=end: span_edits.resize(article, i, s, e, author)
            )
        session.run(lambda article, author, i=span.id: span_edits.accept(article, [i], author))
    session.run(lambda article, _: document_edits.set_status(article.document, DONE))
    said = [{"start": one.start, "end": one.end, "label": one.label} for one in places]
    return {"id": record["id"], "text": record["text"], "spans": said}  # type: ignore[typeddict-item]


def _tell(name: str, without: list[Reviewed], with_it: list[Reviewed]) -> None:
    """One line: by thirds without and with the memory, and what the last third saves."""
    plain, ours = (
        [_above([_third(one, part) for one in sets]) for part in range(PARTS)] for sets in (without, with_it)
    )
    saving = 1 - ours[-1] / plain[-1]
    print(
        f"  {name:<10} without {_shown(plain)}   with {_shown(ours)}   last third saves {saving:4.0%}; goal 20%",
        flush=True,
    )


def _third(reviewed: Reviewed, part: int) -> Reviewed:
    size = len(reviewed.gold)
    chosen = slice(size * part // PARTS, size * (part + 1) // PARTS)
    return Reviewed(reviewed.gold[chosen], reviewed.predicted[chosen])


def _above(parts: list[Reviewed]) -> float:
    """Actions above one for each gold span, at the prices of `annotator score`."""
    cost = gold = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gold.jsonl"
        for part in parts:
            path.write_bytes(b"\n".join(map(orjson.dumps, part.gold)))
            effort = score(path, part.predicted).effort
            cost += effort.cost
            gold += effort.gold
    return cost / gold - 1


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
