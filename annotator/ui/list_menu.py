"""The menu of the article list: its order, and which articles it shows by flag and tag."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from annotator.store.listing import Asked

Ask = Callable[[Asked], object]


def orders() -> dict[str, str]:
    """The orders of a list, in words."""
    return {
        "queue": _tr("As they came in"),
        "oldest": _tr("Oldest first"),
        "newest": _tr("Newest first"),
        "status": _tr("In progress first, done last"),
        "undecided": _tr("Most undecided first"),
        "wanted": _tr("Flagged and least sure first"),
    }


def in_words(asked: Asked) -> str:
    """What of a list differs from all articles as they came in; words and status are seen elsewhere."""
    found = [orders()[asked.order]] if asked.order != "queue" else []
    if asked.flagged:
        found.append(_tr("flagged only"))
    if asked.tag:
        found.append(_tr("tag: {tag}").format(tag=asked.tag))
    return " · ".join(found)


def made(parent: QWidget, asked: Asked, tags: Sequence[str], ask: Ask) -> QMenu:
    """The menu; what is chosen is asked for at once."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setAccessibleName(_tr("Order and choice of articles"))
    _choices(menu, orders(), asked.order, lambda order: ask(asked._replace(order=order)))
    menu.addSeparator()
    flagged = menu.addAction(_tr("Flagged only"))
    flagged.setCheckable(True)
    flagged.setChecked(asked.flagged)
    flagged.toggled.connect(lambda on: ask(asked._replace(flagged=on)))
    if tags:
        below = menu.addMenu(_tr("Tag"))
        names = {"": _tr("Any"), **{tag: tag.replace("&", "&&") for tag in tags}}
        _choices(below, names, asked.tag, lambda tag: ask(asked._replace(tag=tag)))
    return menu


def _choices(menu: QMenu, names: dict[str, str], now: str, choose: Callable[[str], object]) -> None:
    """One of several, the present one marked."""
    group = QActionGroup(menu)
    for name, words in names.items():
        action = group.addAction(words)
        action.setCheckable(True)
        action.setChecked(name == now)
        action.triggered.connect(lambda _=False, chosen=name: choose(chosen))
    menu.addActions(group.actions())


def _tr(text: str) -> str:
    return QCoreApplication.translate("ListMenu", text)
