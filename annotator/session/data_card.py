"""A page that tells of an exported set what its users ask: what is in it, by which rules, decided by whom.

Markdown, as model hubs show it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from annotator import __version__
from annotator.domain.clock import now
from annotator.domain.splitting import Split
from annotator.errors import UserError
from annotator.formats import registry
from annotator.formats.losses import lines as losses_in_english
from annotator.messages import english
from annotator.session.agreement import LINK_HEAD, SPAN_HEAD, agree

if TYPE_CHECKING:
    from annotator.formats import Written
    from annotator.session.exporting import ExportChoice
    from annotator.store import Store


def data_card(
    store: Store,
    written: Written,
    choice: ExportChoice,
    left_out: Mapping[str, int],
    split: Split | None,
) -> str:
    """The card of one export."""
    sections = [
        _head(store, written, choice),
        *_labels(store, written),
        *_parts(split),
        *_decisions(store),
        *_agreement(store),
        *_makers(store),
        *_losses(written, left_out),
    ]
    return "\n".join(sections)


def _head(store: Store, written: Written, choice: ExportChoice) -> str:
    title = registry.writer(choice.format).title
    return (
        f"# {store.path.stem}\n\n"
        f"{_counted(written.documents, 'article')} ({choice.documents}) with {_counted(written.spans, 'span')} "
        f"({choice.spans}), written {now()[:10]} by Annotator {__version__} in the format `{choice.format}` "
        f"({title}). Offsets are half-open and count Unicode code points, unless the format demands others.\n"
    )


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun if count == 1 else f'{noun}s'}"


def _labels(store: Store, written: Written) -> list[str]:
    """Labels with their counts and guidelines."""
    known = {label.name: label for label in store.labels()}
    names = [*known, *sorted(written.labels.keys() - known.keys())]
    rows = [
        [name, f"{written.labels[name]:,}", _cell(known[name].description if name in known else "")]
        for name in names
    ]
    found = ["## Labels\n", _table(["Label", "Spans", "Guideline"], rows)]
    types = [[name, f"{count:,}"] for name, count in sorted(written.relation_types.items())]
    return found + (["## Relations\n", _table(["Type", "Count"], types)] if types else [])


def _parts(split: Split | None) -> list[str]:
    if split is None:
        return []
    counts = split.counts()
    rows = [[part, f"{count:,}"] for part, count in counts.items()]
    kept = (
        "Articles of one text or with one linked allegation are in one part, and so are articles that share "
        f"linked people and organisations, as far as the shares allow: {split.parted:,} of those are named in "
        "more than one part.\n"
    )
    return ["## Parts\n", _table(["Part", "Articles"], rows), kept]


def _decisions(store: Store) -> list[str]:
    """How suggestions were decided, by label; and who decided."""
    labels = {label.id: label.name for label in store.labels()}
    rows = [
        [labels[one.label], *(f"{count:,}" for count in one[1:])]
        for one in store.report().outcomes
        if any(one[1:])
    ]
    head = ["Label", "As suggested", "Edges moved", "Relabelled", "Rejected", "Added by hand", "Undecided"]
    found = ["## How spans were decided\n", "In the whole project:\n", _table(head, rows)] if rows else []
    people = [[one.name, f"{one.decisions:,}", one.first[:10], one.last[:10]] for one in store.decided_by()]
    if people:
        found += ["## Reviewers\n", _table(["Reviewer", "Decisions", "First", "Last"], people)]
    return found


def _agreement(store: Store) -> list[str]:
    """The project held against each other reviewer; a figure for each label."""
    found: list[str] = []
    for reviewer in store.reviewers():
        found.append(f"### With {_cell(reviewer.name)}\n")
        try:
            both = agree(store, reviewer.id)
        except UserError as error:  # there is no article that both did
            found.append(f"{error}\n")
            continue
        sentence = both.sentence()
        articles = _counted(len(both.articles), "article")
        found.append(f"{articles}. {english(sentence.code, sentence.params)}\n")
        found.append(_table(["Spans", *SPAN_HEAD], both.span_rows()))
        if both.links:
            found.append(_table(["Links", *LINK_HEAD], both.link_rows()))
    return ["## Agreement between reviewers\n", *found] if found else []


def _makers(store: Store) -> list[str]:
    """The runs that put something in, newest first: imports, models and linkers with their versions."""
    rows = [[run.kind, _cell(run.name), _cell(run.version), run.started[:10]] for run in store.runs(50)]
    return (
        ["## Where suggestions come from\n", _table(["Run", "Name", "Version", "Date"], rows)] if rows else []
    )


def _losses(written: Written, left_out: Mapping[str, int]) -> list[str]:
    out = [english(f"export.{name}", {"count": count}) for name, count in left_out.items()]
    lost = losses_in_english(written.lost)
    found = ["## Left out\n", *_list(out)] if out else []
    return found + (["## Not carried by the format\n", *_list(lost)] if lost else [])


def _list(lines: Sequence[str]) -> list[str]:
    return [*(f"- {line}" for line in lines), ""]


def _table(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())
