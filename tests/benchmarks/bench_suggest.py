"""Suggesting: what the rules and the worker process add to the model's entity recogniser.

usage: python -m tests.benchmarks.bench_suggest [W1|W2]     (its first 60 articles)
"""

from __future__ import annotations

import os
from itertools import count, islice

from annotator.suggest import registry
from annotator.suggest.worker import Task, Workers
from tests.benchmarks import measure, workloads

ARTICLES = 60
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS")
_numbers = count()


def main() -> None:
    """Measure the floor, then the same articles through ours."""
    name = measure.workload(__doc__ or "")
    os.environ |= dict.fromkeys(ONE_THREAD, "1")  # as our worker processes do, before numpy is there
    import spacy

    texts = [record["text"] for record in islice(workloads.records(name), ARTICLES)]
    model = registry.default_name()
    print(f"suggest: {len(texts)} articles of {name} with {model}")

    ner = spacy.load(model, enable=["ner"])
    list(ner.pipe(texts[:2]))
    _, floor = measure.timed(lambda: list(ner.pipe(texts, batch_size=16)))

    suggester = registry.load(model)
    suggester.suggest(texts[0], None)
    found, own = measure.timed(lambda: sum(len(suggester.suggest(text, None)) for text in texts))
    measure.tell("suggester with all its rules", own.cpu, "ner alone", floor.cpu)

    workers = Workers(model)
    try:
        _answers(workers, texts[:1])  # the process is started and the model loaded
        _, far = measure.timed(lambda: _answers(workers, texts))
    finally:
        workers.close()
    measure.tell("through a worker process (wall)", far.wall, "the suggester here (wall)", own.wall)
    print(f"{found} suggestions, {len(texts) / far.wall:.1f} articles/s")


def _answers(workers: Workers, texts: list[str]) -> int:
    for number, text in zip(_numbers, texts, strict=False):
        workers.submit(Task(number, number, 0, text, None))
    answered = 0
    while answered < len(texts):
        answered += len(workers.results(timeout=1.0))
    return answered


if __name__ == "__main__":
    main()
