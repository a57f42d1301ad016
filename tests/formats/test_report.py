"""The report: every word of the articles, every span with its label, and no way out to the network."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from annotator.domain.models import Label
from annotator.formats import About, read, registry, write
from annotator.formats.report.marking import marked, plain
from tests.formats.records import records

GOLDEN = Path(__file__).parent.parent / "golden" / "interchange.jsonl"
LABELS = {"PERSON": "l0", "ORG": "l1", "DATE": "l2", "ALLEGATION": "l3 band"}


class Marks(HTMLParser):
    """The text without tags of labels, and the text inside each mark that has an anchor, pieces joined."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.names: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "meta":
            return
        self.open.append("tag" if (found.get("class") or "").startswith("tag") else tag)
        if found.get("id"):
            self.ids.append(found["id"] or "")
        if found.get("href"):
            self.links.append(found["href"] or "")

    def handle_endtag(self, tag: str) -> None:
        opened = self.open.pop()
        assert opened in (tag, "tag")

    def handle_data(self, data: str) -> None:
        if "tag" in self.open:
            self.names.append(data)
        else:
            self.text += data


@given(records())
def test_marks_nest_whatever_spans_do_and_no_word_is_lost(record: dict[str, Any]) -> None:
    spans = record["spans"]
    places = {id(span): f"s{number}" for number, span in enumerate(spans)}
    page = Marks()
    page.feed(marked(record["text"], spans, LABELS, lambda span: (places[id(span)], "")))
    page.close()
    assert page.open == []
    expected = Marks()
    expected.feed(plain(record["text"]))
    expected.close()
    assert page.text == expected.text
    assert sorted(page.ids) == sorted(places.values())
    assert sorted(page.names) == sorted(span["label"] for span in spans)


def test_a_crossing_span_is_written_in_pieces_around_the_same_words() -> None:
    spans = [{"start": 0, "end": 6, "label": "ORG"}, {"start": 3, "end": 9, "label": "DATE"}]
    assert marked(
        "abcdefghi", spans, LABELS, lambda span: (f"s{span['start']}", "e1" if span["start"] else "")
    ) == (
        '<mark class="l1" id="s0">abc<mark class="l2" id="s3">def</mark></mark><span class="tag l1">ORG</span>'
        '<mark class="l2">ghi</mark><a class="tag l2" href="#e1">DATE</a>'
    )


def report(tmp_path: Path, items: list[Any]) -> str:
    labels = (Label(1, "ORG", None, 165, "fill", "name", "Who & <what>.\nNot: towns.", 1),)
    write(tmp_path / "out.html", items, "html-report", About("A <set>", labels))
    return (tmp_path / "out.html").read_text(encoding="utf-8")


def test_every_link_of_the_report_leads_to_something_in_it(tmp_path: Path) -> None:
    text = report(tmp_path, list(read(GOLDEN).records))
    page = Marks()
    page.feed(text)
    inner = [link.removeprefix("#") for link in page.links if link.startswith("#")]
    assert inner
    assert set(inner) <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert "Not: towns." in text


def test_nothing_in_the_report_asks_the_network_or_runs(tmp_path: Path) -> None:
    hostile: Any = {
        "id": "a",
        "title": "<script>alert(1)</script>",
        "text": 'A "quote" & <img src="https://example.org/x.png">\x0b.',
        "spans": [{"id": "s", "start": 0, "end": 1, "label": "ORG", "state": "accepted", "entity": "k"}],
        "entities": {"k": {"label": "ORG", "name": "</dl><script>", "uri": "javascript:alert(1)"}},
    }
    text = report(tmp_path, [hostile])
    assert not re.search(
        r"<(?!/?(?:!DOCTYPE|html|head|meta|title|style|body|h[123]|p|dl|dt|dd|ol|ul|li|a|mark|article|header|div|span|strong|em)\b)",
        text,
    )
    assert not re.search(r"\b(?:src|onload|onclick|@import|url\()", text.replace("img src=&quot;", ""))
    assert 'href="javascript' not in text
    assert "\x0b" not in text


def test_it_is_only_written(tmp_path: Path) -> None:
    assert "html-report" not in registry.readers()
    text = report(tmp_path, [{"id": "a", "text": "No spans.", "spans": []}])
    assert "1 article, 0 spans, 0 entities" in text


@pytest.mark.parametrize("scheme", ["prefers-color-scheme:dark", "@media print"])
def test_it_has_colours_for_dark_screens_and_paper(tmp_path: Path, scheme: str) -> None:
    assert scheme in report(tmp_path, [{"id": "a", "text": "x", "spans": []}])
