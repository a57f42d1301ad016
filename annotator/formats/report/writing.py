"""Records into the report. Articles are kept in a file until what stands before them is known."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, cast

from annotator.domain.models import ACCEPTED
from annotator.domain.record import Record
from annotator.formats.about import About
from annotator.formats.format import Format
from annotator.formats.losses import Carries
from annotator.formats.report import page

Json = dict[str, Any]


def write(records: Iterable[Record], path: Path, about: About) -> None:
    """One file: what the labels mean, the articles, and who is named where."""
    titles: list[tuple[str, str, int]] = []
    counts: Counter[str] = Counter()
    states: Counter[str] = Counter()
    entries: dict[str, page.Entry] = {}
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="", dir=path.parent) as kept:
        for number, record in enumerate(records, 1):
            item = cast("Json", record)
            counts.update(span["label"] for span in item["spans"])
            states.update(span.get("state", ACCEPTED) for span in item["spans"])
            about = about.with_labels(counts)
            _enter(item, number, entries)
            titles.append((item.get("title") or item["id"], page.where(item), len(item["spans"])))
            kept.write(page.article(item, number, page.class_names(about.labels), entries))
        labels, classes = about.labels, page.class_names(about.labels)
        kept.seek(0)
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.write(page.head(about.name, classes, labels))
            sums = ((len(titles), "article"), (counts.total(), "span"), (len(entries), "entity", "entities"))
            file.write(f'<p class="soft">{", ".join(page.counted(*one) for one in sums)}</p>\n')
            file.write(page.legend(states))
            file.writelines(page.guidelines(labels, classes, counts))
            file.writelines(page.contents(titles))
            shutil.copyfileobj(kept, file)
            file.writelines(page.index(entries.values(), titles, classes))
            file.write("</body>\n</html>\n")


def _enter(item: Json, number: int, entries: dict[str, page.Entry]) -> None:
    """The entities that an article names, and where."""
    described = item.get("entities", {})
    for count, span in enumerate(item["spans"], 1):
        key = span.get("entity")
        if key is None:
            continue
        if key not in entries:
            fields = described.get(key, {})
            entries[key] = page.Entry(len(entries) + 1, span["label"], fields.get("name") or key, fields)
        entries[key].met(number, f"a{number}s{count}")


CARRIES: Final = Carries(
    document=frozenset({"title", "date", "source", "note", "tags", "entities"}),
    span=frozenset({"id", "state", "note", "entity", "value", "mod", "roles"}),
    relations=True,
)

FORMAT = Format(
    name="html-report",
    title="Report to read and print (HTML)",
    suffixes=(".html",),
    write=write,
    carries=CARRIES,
)
