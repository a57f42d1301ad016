"""A scripted reviewer makes gold of the program's own suggestions, in the real window, by keys and mouse.

usage: python -m tests.benchmarks.bench_reviewer [GOLD.jsonl ...] [--articles N]

An action is one key, one click or one drag; going from article to article is not counted. Two
passes: spans alone, then spans and links at once (linking accepts, so that a link costs what is
more than in the first pass). At the end the project must hold exactly the gold spans.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

GOLD = Path(__file__).resolve().parent.parent / "gold"
BARS = {"accept": 1.0, "reject": 1.0, "fix": 2.0, "add": 2.5}
"""What the best of the others need for one span."""


class Gold(NamedTuple):
    """A span as it should be."""

    start: int
    end: int
    label: str
    entity: str | None


class Reviewer:
    """Knows the gold set, looks at the window, presses keys; counts what is pressed, by kind of act."""

    def __init__(self, desk: Any, *, links: bool) -> None:
        self.desk = desk
        self.links = links
        self.actions: Counter[str] = Counter()
        self.spans: Counter[str] = Counter()
        self.entities: dict[str, int] = {}
        self.labels = {label.name: label for label in desk.review.labels}
        self.names = {label.id: label.name for label in desk.review.labels}

    def review(self, gold: list[Gold]) -> None:
        """The open article: each suggestion in reading order, then what is missing."""
        wanted = {one[:3]: one for one in gold}
        while (span := self._undecided()) is not None:
            self._decide(span, wanted)
        article = self.desk.article
        there = {
            (s.start, s.end, self.names[s.label]) for s in article.spans.values() if s.state == "accepted"
        }
        for key in sorted(wanted.keys() - there):
            self._add(wanted[key])
        there = {
            (s.start, s.end, self.names[s.label]) for s in article.spans.values() if s.state == "accepted"
        }
        assert there == wanted.keys(), (there ^ wanted.keys(), article.document.name)

    def _undecided(self) -> Any:
        """The undecided span in focus; one press of Tab where the focus is elsewhere."""
        focused = self.desk.review.focused()
        if focused is None or focused.state != "suggested":
            if not any(span.state == "suggested" for span in self.desk.article.spans.values()):
                return None
            self._press("go", "Tab")
            focused = self.desk.focus()
        return focused

    def _decide(self, span: Any, wanted: dict[tuple[int, int, str], Gold]) -> None:
        key = (span.start, span.end, self.names[span.label])
        if key in wanted:
            self.spans["accept"] += 1
            self._accept("accept", wanted[key])
            return
        target = self._meant(span, wanted)
        if target is None:
            self.spans["reject"] += 1
            self._press("reject", "X")
        else:
            self.spans["fix"] += 1
            self._fix(span, target)

    def _meant(self, span: Any, wanted: dict[tuple[int, int, str], Gold]) -> Gold | None:
        """The gold span that this one is to become: it touches it, and nothing else stands for it."""
        spans = self.desk.article.spans.values()
        taken = {
            (s.start, s.end, self.names[s.label]) for s in spans if s.id != span.id and s.state != "rejected"
        }
        touching = [
            one
            for key, one in wanted.items()
            if key not in taken and one.start < span.end and one.end > span.start
        ]
        clause = self.names[span.label] == "ALLEGATION"
        same = [one for one in touching if (one.label == "ALLEGATION") == clause]
        return max(same, key=lambda one: min(one.end, span.end) - max(one.start, span.start), default=None)

    def _fix(self, span: Any, target: Gold) -> None:
        if span.start != target.start:
            self._move(span.id, "start", target.start)
        if span.end != target.end:
            self._move(span.id, "end", target.end)
        if self.names[span.label] != target.label:
            self._press("fix", self.labels[target.label].key)
        if self.links and target.entity is not None:
            self._back_to(span.id)
            self._link("fix", target)
        elif self.desk.review.focused() is not None and self.desk.focus().id == span.id and self._left():
            self._press("fix", "Tab")

    def _back_to(self, span: int) -> None:
        """A new label has sent the focus on: a click brings it back, O goes through what lies there."""
        if self.desk.review.focused() is None or self.desk.focus().id != span:
            self.actions["fix"] += 1
            self.desk.click(self.desk.span(span).start)
        while self.desk.focus().id != span:
            self._press("fix", "O")

    def _left(self) -> bool:
        return any(span.state == "suggested" for span in self.desk.article.spans.values())

    def _move(self, span: int, edge: str, place: int) -> None:
        """One boundary: one key where a word is enough, else one drag of its handle."""
        now = self.desk.span(span)
        out = place < now.start if edge == "start" else place > now.end
        key = {("start", True): "{", ("start", False): "}", ("end", True): "]", ("end", False): "["}[
            edge, out
        ]
        if self._one_word(edge, out=out, span=now) == place:
            self._press("fix", key)
        else:
            self.actions["fix"] += 1
            self.desk.drag_edge(edge, place)
        assert getattr(self.desk.span(span), edge) == place

    def _one_word(self, edge: str, *, out: bool, span: Any) -> int:
        from annotator.domain import words

        step = {
            ("start", True): words.grow_start,
            ("start", False): words.shrink_start,
            ("end", True): words.grow_end,
            ("end", False): words.shrink_end,
        }[edge, out]
        found = step(self.desk.article.text, span.start, span.end)
        return found[0] if edge == "start" else found[1]

    def _add(self, target: Gold) -> None:
        self.spans["add"] += 1
        self.actions["add"] += 1
        self.desk.drag(target.start, target.end)
        if self.desk.review.view.selection() != (target.start, target.end):
            self.actions["add"] += 1  # not on whole words: once more, by characters
            self.desk.drag(target.start, target.end, exact=True)
        self._press("add", self.labels[target.label].key)
        if self.links:
            self._link("add", target)

    def _accept(self, act: str, target: Gold) -> None:
        if self.links and target.entity is not None:
            self._link(act, target)
        else:
            self._press(act, "A")

    def _link(self, act: str, target: Gold) -> None:
        """Link the span in focus: one key for a candidate or a new entity, three to look one up."""
        if target.entity is None:
            return
        span = self.desk.focus()
        known = self.entities.get(target.entity)
        if known is None:
            self._press(act, "N")
        else:
            shown = [one.entity.id for one in self.desk.review.candidates()]
            if known in shown:
                number = shown.index(known) + 1
                self._press(act, "L" if number == 1 else f"Alt+{number}")
            else:
                self.spans["looked up"] += 1
                self.actions[act] += 3
                self.desk.link_by_name(known)
        link = self.desk.article.link_of(span.id)
        if link is not None:
            self.entities.setdefault(target.entity, link.entity)

    def _press(self, act: str, key: str) -> None:
        self.actions[act] += 1
        self.desk.press(key)


def main() -> None:
    """Both passes over each gold file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", nargs="*", type=Path, default=sorted(GOLD.glob("*.jsonl")))
    parser.add_argument("--articles", type=int, default=None, help="only the first so many of each file")
    asked = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    for path in asked.gold:
        records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()][
            : asked.articles
        ]
        spans, total = _pass(records, links=False)
        _tell(path.stem, spans, total)
        linked, _ = _pass(records, links=True)
        print(f"  with links {_per(linked, total):.2f}, so a link costs {_links(spans, linked, records):.2f}")


def _pass(records: list[dict[str, Any]], *, links: bool) -> tuple[Reviewer, int]:
    from tests.end2end.desk import alone

    with tempfile.TemporaryDirectory() as folder:
        os.environ["ANNOTATOR_HOME"] = folder
        articles = Path(folder) / "articles.jsonl"
        fields = ("id", "title", "date", "source", "text")
        lines = [json.dumps({name: record.get(name) for name in fields}) for record in records]
        articles.write_text("\n".join(lines), encoding="utf-8")
        with alone(Path(folder) / "p.db", [articles]) as desk:
            reviewer = Reviewer(desk, links=links)
            total = 0
            for number, record in enumerate(records, 1):
                gold = list(_gold(record))
                total += len(gold)
                desk.review.going.open_document(number)
                reviewer.review(gold)
    return reviewer, total


def _gold(record: dict[str, Any]) -> Iterator[Gold]:
    for span in record["spans"]:
        entity = span.get("value") if span["label"] == "DATE" else span.get("entity")
        yield Gold(span["start"], span["end"], span["label"], entity)


def _per(reviewer: Reviewer, total: int) -> float:
    return sum(reviewer.actions.values()) / total


def _links(spans: Reviewer, linked: Reviewer, records: list[dict[str, Any]]) -> float:
    count = sum(one.entity is not None for record in records for one in _gold(record))
    return (sum(linked.actions.values()) - sum(spans.actions.values())) / count


def _tell(name: str, reviewer: Reviewer, total: int) -> None:
    print(f"{name}: {total} gold spans, {_per(reviewer, total):.2f} actions for each")
    for act, bar in BARS.items():
        count = reviewer.spans[act]
        if count:
            each = reviewer.actions[act] / count
            print(f"  {act:<8} {count:5} spans, {each:.2f} actions each (others: {bar})")
    print(f"  going to the next: {reviewer.actions['go']} actions")


if __name__ == "__main__":
    main()
