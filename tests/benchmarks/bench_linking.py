"""Linking a large corpus: a run over all of it, candidates of single spans, merging two large entities.

usage: python -m tests.benchmarks.bench_linking [W1|W2]
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from annotator import store
from annotator.session import entities
from annotator.session.importing import import_paths
from annotator.session.linking import SURE, accept_above, propose_links
from annotator.session.session import Session
from annotator.store import Store
from tests.benchmarks import measure, workloads

FLOOR = "reading every mention once"
_ASKED = 300


def main() -> None:
    """Measure the run against the plain reading of what it works on, then the single acts."""
    name = measure.workload(__doc__ or "")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        source = workloads.write(name, place / f"{name}.jsonl")
        with store.create(place / "project.db") as project:
            import_paths(project, [source], mode="gold")
            print(f"linking: {name}")
            _, floor = measure.timed(lambda: sum(len(article.mentions) for article in project.linkable()))
            report, ours = measure.timed(lambda: propose_links(project))
            measure.tell(f"{report.counts['proposed']} links proposed", ours.cpu, FLOOR, floor.cpu)
            _, again = measure.timed(lambda: propose_links(project))
            measure.tell("the same again", again.cpu, FLOOR, floor.cpu)
            print(f"  memory at most {_peak()} MiB; wall {ours.wall:.1f} s")
            _, bulk = measure.timed(lambda: accept_above(project, SURE, "bench"))
            measure.tell("accepted in bulk", bulk.cpu, FLOOR, floor.cpu)
            _single_acts(project)


def _single_acts(project: Store) -> None:
    session, source = Session(project, "bench"), random.Random("asked")
    documents = [row.id for row in project.documents()]
    seconds = []
    for _ in range(_ASKED):
        article = session.open(source.choice(documents))
        span = source.choice(sorted(article.spans.values()))
        seconds.append(_seconds(lambda span=span: session.candidates(span)))  # type: ignore[misc]
    seconds.sort()
    print(
        f"  candidates, of the processor: p50 {_ms(seconds[_ASKED // 2])}, p95 {_ms(seconds[_ASKED * 95 // 100])}"
    )
    first, second = project.entity_rows(2, by="mentions", limit=2)
    merging = _seconds(lambda: entities.merge(session, first.id, second.id))
    undoing = _seconds(session.undo)
    counts = f"{first.accepted} and {second.accepted} mentions"
    print(f"  merging entities of {counts}: {_ms(merging)} of the processor, undone in {_ms(undoing)}")


def _seconds(act: Callable[[], object]) -> float:
    """Of the processor: a machine that others use has its own idea of time."""
    began = time.process_time()
    act()
    return time.process_time() - began


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:.1f} ms"


def _peak() -> int:
    if sys.platform == "win32":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
