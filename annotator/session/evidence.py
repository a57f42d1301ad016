"""The evidence sheet of an entity: every quote with its article and place, as HTML or CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Final, NamedTuple

from annotator import formats
from annotator.domain.edits.entity_edits import Whole
from annotator.domain.models import SUGGESTED, Label
from annotator.errors import UserError
from annotator.messages import ENGLISH
from annotator.store import Store
from annotator.store.reading import Mention

COLUMNS: Final = (
    "article", "title", "date", "source", "start", "end", "quote", "before", "after", "span", "link", "by", "at", "roles"
)  # fmt: skip
"""What a row of the CSV says. Offsets are code points, the end excluded; states are of span and link."""

_STYLE: Final = (
    "body{font:16px/1.5 Georgia,serif;max-width:46em;margin:2em auto;padding:0 1em;color:#1d1d1b}"
    "h1{font-size:1.5em;margin-bottom:.2em}p.about{color:#555}article{border-top:1px solid #ccc;padding:.8em 0}"
    "blockquote{margin:.4em 0}mark{background:#fde9b8;padding:0 .1em}footer,header{font:13px/1.4 sans-serif;color:#555}"
    ".open mark{background:none;border-bottom:2px dotted #b8860b}"
)


class Quote(NamedTuple):
    """A mention with the roles of its allegation, `accused: Anna Berg; ...`."""

    mention: Mention
    roles: str


def quotes(store: Store, entity: int) -> list[Quote]:
    """Every quote of an entity, decided and proposed, in queue order."""
    found = store.mentions(entity)
    roles = store.role_names([mention.span.id for mention in found])
    return [Quote(mention, roles.get(mention.span.id, "")) for mention in found]


def write_evidence(store: Store, entity: int, path: Path) -> int:
    """Write the sheet, HTML or CSV by the file's ending; how many quotes it has.

    UserError where the ending is another one, the entity is gone, or the file cannot be written.
    """
    whole = store.whole(entity)
    found = quotes(store, entity)
    label = next(label for label in store.labels() if label.id == whole.entity.label)
    if path.suffix.lower() in (".html", ".htm"):
        page = "".join(_page(whole, label, found))
        formats.put(path, lambda beside: _write_text(beside, page))
    elif path.suffix.lower() == ".csv":
        formats.put(path, lambda beside: _write_csv(beside, found))
    else:
        raise UserError("evidence.unknown_form", path=path)
    return len(found)


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _write_csv(path: Path, found: list[Quote]) -> None:
    # The mark at the start tells spreadsheets that it is UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        for mention, roles in found:
            span = mention.span
            table.writerow(
                _plain(value)
                for value in (
                    mention.document, mention.title, mention.date, mention.source, span.start, span.end, span.text,
                    mention.before, mention.after, span.state, mention.link_state, span.by, span.at, roles,
                )
            )  # fmt: skip


def _plain(value: object) -> object:
    """A cell that a spreadsheet does not take for a formula."""
    text = "" if value is None else value
    return f"'{text}" if isinstance(text, str) and text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _page(whole: Whole, label: Label, found: list[Quote]) -> Iterator[str]:
    entity = whole.entity
    name = escape(entity.name)
    yield f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{name}</title>'
    yield f"<style>{_STYLE}</style></head>\n<body><h1>{name}</h1>\n"
    articles = len({quote.mention.span.document for quote in found})
    counts = ENGLISH["evidence.counts"].format(label=label.name, quotes=len(found), articles=articles)
    about = [counts, entity.value, entity.uri, entity.note]
    yield "".join(f'<p class="about">{escape(line)}</p>\n' for line in about if line)
    for mention, roles in found:
        span = mention.span
        where = " · ".join(filter(None, (mention.source, mention.date, mention.document)))
        is_open = mention.link_state == SUGGESTED
        yield f"<article{' class=open' if is_open else ''}><header>{escape(mention.title or mention.document)}"
        yield f"</header>\n<blockquote>…{escape(mention.before)}<mark>{escape(span.text)}</mark>"
        yield f"{escape(mention.after)}…</blockquote>\n<footer>{escape(where)} · {span.start}–{span.end}"
        if is_open:
            yield f" · {escape(ENGLISH['evidence.proposed'])}"
        yield f"{' · ' + escape(roles) if roles else ''}</footer></article>\n"
    yield "</body></html>\n"
