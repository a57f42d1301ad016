"""How counts, dates and messages read on the screen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDate, QLocale, Qt

from annotator import messages
from annotator.domain.changes import Changed, Message
from annotator.domain.models import ACCEPTED, REJECTED, SUGGESTED, Entity, Label
from annotator.errors import UserError
from annotator.ui import translations

SHORT = 10
"""Letters of a name that have room on a tag."""


def message(code: str, params: Mapping[str, object]) -> str:
    """A message of the layers below, in the language of the window."""
    inner = {name: said(value) if isinstance(value, Message) else value for name, value in params.items()}
    return messages.filled(code, inner, translations.template)


def said(what: Message | UserError) -> str:
    return message(what.code, what.params)


def act(kind: str, title: Message) -> str:
    """What was done, undone or redone."""
    lead = {"undo": _tr("Undone: {act}"), "redo": _tr("Redone: {act}")}.get(kind)
    return said(title) if lead is None else lead.format(act=inside(said(title)))


def inside(words: str) -> str:
    """Words as they stand inside a sentence: English ones begin small; in other languages nouns may not."""
    return words[0].lower() + words[1:] if translations.spoken() == translations.ENGLISH else words


def heading(words: str) -> str:
    """Words as they begin a line."""
    return words[:1].upper() + words[1:]


def stepped(changed: Changed) -> str:
    """What a decision, an undo or a redo did."""
    return act(changed.kind, changed.title) if changed.title is not None else ""


def state(name: str) -> str:
    """A span's state as a word."""
    return {SUGGESTED: _tr("suggested"), ACCEPTED: _tr("accepted"), REJECTED: _tr("rejected")}[name]


def day(value: str | None) -> str:
    """An article's date as `14 Nov 2017`; what is no date stays as it is."""
    if not value:
        return ""
    found = QDate.fromString(value[:10], Qt.DateFormat.ISODate)
    return QLocale().toString(found, _tr("d MMM yyyy")) if found.isValid() else value


def plain(text: str, most: int = 60) -> str:
    """Some words of an article on one line, cut where they are many."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def counted(count: int, one: str, many: str) -> str:
    """The words for a number of things; `{n}` is the number."""
    return (one if count == 1 else many).format(n=count)


def spread(mentions: int, articles: int) -> str:
    """How often an entity is mentioned, and in how many articles."""
    often = counted(mentions, _tr("1 mention"), _tr("{n} mentions"))
    return f"{often} · " + counted(articles, _tr("1 article"), _tr("{n} articles"))


def where(title: str, source: str | None, date: str | None) -> str:
    """An article in one line."""
    return " · ".join(part for part in (title, source, day(date)) if part)


def tail(before: str, most: int = 40) -> str:
    """The last words before a place."""
    return before if len(before) <= most else "…" + before[-most:].partition(" ")[2]


def head(after: str, most: int = 60) -> str:
    """The first words after a place."""
    return after if len(after) < most else after.rpartition(" ")[0] + "…"


def place(path: Path) -> str:
    """Where a file is, as people write it: the home folder is `~`."""
    home = Path.home()
    return str(Path("~") / path.relative_to(home)) if path.is_relative_to(home) else str(path)


def aliases(entity: Entity) -> tuple[str, ...]:
    """Its other names."""
    return tuple(str(name) for name in json.loads(entity.aliases))


def short_name(name: str) -> str:
    """A person's name for a tag: itself where it is short, else the first letters of its words."""
    words = [word for word in (part.strip("()[].,") for part in name.split()) if word]
    return name if len(name) <= SHORT or len(words) < 2 else "".join(word[0].upper() for word in words)


def label_name(label: Label) -> str:
    """A label as a word: `PERSON` is `Person`; a name that is written otherwise stays."""
    return label.name.capitalize() if label.name.isupper() else label.name


def _tr(text: str) -> str:
    return QCoreApplication.translate("Wording", text)
