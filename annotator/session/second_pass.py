"""A blind second review: some articles that are done, in a project of their own without their decisions.

Whoever reviews it sees what the suggesters said and nothing of the first pass. Merged back, it is a layer
of its own, and agreement with oneself is agreement like any other.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from annotator.domain.models import DONE
from annotator.domain.record import Record
from annotator.errors import UserError
from annotator.store import Store, create
from annotator.store.importing import SUGGESTIONS
from annotator.store.merge_source import SECOND_PASS


def second_pass(store: Store, path: Path, count: int, seed: int = 0) -> int:
    """Make the project of a second pass over so many articles chosen by chance; how many there are.

    UserError where no article is done, or something is at `path` already.
    """
    done = [row.id for row in store.documents((DONE,))]
    if not done:
        raise UserError("second.none")
    chosen = sorted(random.Random(seed).sample(done, min(count, len(done))))
    with create(path) as made:
        made.take_labels(store.labels())
        made.set_setting(SECOND_PASS, {"of": store.path.name, "seed": seed})
        run = made.begin_run("import", store.path.name)
        counts = made.add_records(run, _records(store, chosen), mode=SUGGESTIONS, origin=SECOND_PASS)
        made.end_run(run, counts)
    return len(chosen)


def _records(store: Store, documents: list[int]) -> Iterator[Record]:
    """The articles with what was proposed for them, each place once, by its surest suggester."""
    labels = {label.id: label.name for label in store.labels()}
    for number in documents:
        document, text = store.document(number), store.text(number)
        head: dict[str, Any] = {"id": document.name, "text": text}
        head |= {
            name: getattr(document, name) for name in ("title", "date", "source") if getattr(document, name)
        }
        spans = [
            {"start": one.start, "end": one.end, "label": labels[one.label], "score": one.score}
            | {"text": text[one.start : one.end]}
            for one in store.proposals_of(number)
        ]
        yield cast(Record, head | {"spans": spans})
