"""A knowledge base into the project: its names become candidates, whole or not at all."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from annotator.domain import names
from annotator.domain.changes import Message
from annotator.domain.models import Row
from annotator.errors import UserError
from annotator.formats.knowledge import KnownName, read_names
from annotator.store import Store


@dataclass(frozen=True)
class KnowledgeReport:
    """How many names came in ("added") and were there already ("met")."""

    counts: Counter[str]

    def messages(self) -> list[Message]:
        return [Message("knowledge.done", {"added": self.counts["added"], "met": self.counts["met"]})]


def import_knowledge(store: Store, path: Path, *, label: str | None = None) -> KnowledgeReport:
    """Read a list of names (CSV or JSONL); `label` is for entries that name none.

    UserError for the first thing that is wrong; nothing has come in then.
    """
    rows = [*_rows(store, path, read_names(path), label)]
    run = store.begin_run("import", path.name, settings={"mode": "knowledge"})
    try:
        counts = store.add_known(run, rows)
    except BaseException:
        store.cancel_run(run)
        raise
    store.end_run(run, counts)
    return KnowledgeReport(counts)


def _rows(store: Store, path: Path, found: list[KnownName], label: str | None) -> Iterator[Row]:
    labels = {one.name: one.id for one in store.labels()}
    for entry in found:
        name = entry.label or label
        if name not in labels:
            raise UserError("read.unknown_label", path=path, label=name or "?", known=", ".join(labels))
        yield {
            "key": entry.id or names.key_of(name, entry.name),
            "label": labels[name],
            "name": entry.name,
            "aliases": json.dumps(entry.aliases, ensure_ascii=False),
            "uri": entry.uri,
            "note": entry.note,
        }
