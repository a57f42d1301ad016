"""What an action is: words, keys, where the keys work, what must be there, what it calls.

`action_table` holds them all; `bindings` makes Qt's actions of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from annotator.ui.window import Window

Call = Callable[["Window"], object]


class Zone(Enum):
    """The part of the window that must hold the focus for a key to work.

    A bare key of the whole window would fire while somebody types in a field: it holds in the text.
    """

    WINDOW = "anywhere"
    PAGE = "on a page"
    TEXT = "in the text"
    CANDIDATES = "in the candidates"
    COMPARE = "in the text, comparing"  # over those of the text
    LINKS = "on the page of links"
    CLAIMS = "on the page of allegations"


class Needs(Enum):
    """What must be there for an action to be possible; without it the key does what Qt does."""

    NOTHING = "nothing"
    PROJECT = "project"
    ARTICLE = "article"
    SPANS = "spans"
    UNDECIDED = "undecided"
    FOCUS = "focus"
    LABEL = "label"  # a span in focus, or words selected
    LINK = "link"
    CAME_FROM = "came from"
    CLAIM = "claim"  # an allegation in focus
    CONDUCT = "conduct"  # one is shown on the page of allegations
    ENTITY = "entity"  # one is shown on the page of links
    QUESTION = "question"
    COMPARING = "comparing"  # with another reviewer
    DIFFERENCE = "difference"  # one is in focus


class Group(Enum):
    """The menus, which are the groups of the key sheet as well."""

    PROJECT = "Project"
    EDIT = "Edit"
    DECIDE = "Decide"
    BOUNDARIES = "Boundaries"
    LINK = "Link"
    REVIEWERS = "Reviewers"
    ENTITY = "Entity"
    GO = "Go"
    VIEW = "View"
    HELP = "Help"


@dataclass(frozen=True, slots=True)
class Spec:
    """One row. `keys` stand in one string, the first is the one that is shown.

    `hint` is the short word beside the key in the status bar; `rule` puts a divider before
    the row in its menu; `repeat` lets a held key go on; a row without `menu` is a further way to
    another row's act, for its keys only.
    """

    id: str
    text: str
    keys: str
    call: Call
    needs: Needs = Needs.ARTICLE
    zone: Zone = Zone.WINDOW
    icon: str = ""
    hint: str = ""
    toggle: bool = False
    rule: bool = False
    repeat: bool = False
    menu: bool = True
    group: Group = Group.PROJECT


_ARROWS: Final = ("Return", "Enter", "Left", "Right", "Up", "Down")
_SIGNS: Final[dict[str, str]] = {
    "Return": "↵",
    "Enter": "↵",
    "PgDown": "PgDn",
    "Left": "←",
    "Right": "→",
    "Up": "↑",
    "Down": "↓",
}


def shown(key: str) -> str:
    """A key as its cap shows it: `Ctrl+Return` is `Ctrl ↵`, `Ctrl++` is `Ctrl +`.

    Qt names the keys in the language of the window, as they stand on its keyboards.
    """
    plus = ["+"] if key.endswith("+") else []
    return " ".join(_face(name) for name in [*filter(None, key.split("+")), *plus])


def _face(name: str) -> str:
    """A key in the language of the window; where that has no word for it, our sign or short form."""
    said = QCoreApplication.translate("QShortcut", name)
    return said if said != name and name not in _ARROWS else _SIGNS.get(name, name)


def words(spec: Spec) -> str:
    """The action's text in the language of the window."""
    return QCoreApplication.translate("actions", spec.text)


def hint_of(spec: Spec) -> str:
    """Its short word for the status bar."""
    return QCoreApplication.translate("actions", spec.hint)
