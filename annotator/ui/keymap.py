"""Which key does what: the action table, with a set for people who come from elsewhere, and a person's own changes.

Keys are written as Qt's portable text. Two acts never share a key at one place: who asks first
has it, in the order labels, own changes, set, table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, cast

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from annotator.settings import Settings
from annotator.ui.action_table import BY_ID, LABELS, TABLE
from annotator.ui.actions import Spec, Zone

OWN_SET: Final = "Annotator"
SETS: Final[dict[str, dict[str, str]]] = {
    OWN_SET: {},
    # prodi.gy/docs/api-web-app: accept, reject, ignore, undo, flag, help. To ignore is to go on undecided.
    "Prodigy": {
        "undecided.next": "Space Tab",
        "undo": "Backspace Del Ctrl+Z",
        "keys": "H F1 ?",
    },
    # Its documentation.adoc: boundaries, spaces and the search are as ours.
    "labelbuddy": {
        "reject": "Backspace X Del",
        "article.next": "> Ctrl+PgDown",
        "article.previous": "< Ctrl+PgUp",
    },
}
"""By name: only what differs from the table, by the id of the action."""

_HELD: Final = (
    Qt.Key.Key_Control,
    Qt.Key.Key_Shift,
    Qt.Key.Key_Alt,
    Qt.Key.Key_Meta,
    Qt.Key.Key_AltGr,
    Qt.Key(0),
)
_OUTER: Final = (Zone.WINDOW, Zone.PAGE)
_FUNCTION: Final = tuple(f"F{number}" for number in range(1, 36))


def is_bare(key: str) -> bool:
    """Whether a key types or moves in a field, so that it cannot hold for the whole window."""
    last = key.removeprefix("Shift+")
    return not key.startswith(("Ctrl+", "Alt+", "Meta+")) and last not in _FUNCTION


def is_single(key: str) -> bool:
    """Whether it is a letter, digit or sign alone, which a person can turn off (WCAG 2.1.4)."""
    return is_bare(key) and len(key.removeprefix("Shift+")) == 1


def zone_of(spec: Spec, key: str) -> Zone:
    """Where a key of an action works: a bare one of the whole window in the text only."""
    return Zone.TEXT if spec.zone is Zone.WINDOW and is_bare(key) else spec.zone


class Keymap:
    """The keys of every action. `own` and the set hold keys by action, in one string."""

    def __init__(
        self, set_: str = OWN_SET, own: Mapping[str, str] | None = None, *, single: bool = True
    ) -> None:
        self.set = set_ if set_ in SETS else OWN_SET
        self.own = {action: keys for action, keys in (own or {}).items() if action in BY_ID}
        self.single = single
        self._labels: dict[str, list[str]] = {}
        self._keys: dict[str, list[str]] = {}
        self._give()

    def set_labels(self, keys: Sequence[str | None]) -> None:
        """The labels of a project have keys of their own, in their order; none of them: the table's."""
        self._labels = {f"label.{number}": [key.upper()] if key else [] for number, key in enumerate(keys, 1)}
        self._give()

    def but(self, *, set_: str | None = None, own: Mapping[str, str] | None = None) -> Keymap:
        """The same with another set, or with other changes of a person."""
        made = Keymap(set_ or self.set, self.own if own is None else own, single=self.single)
        made._labels = self._labels
        made._give()
        return made

    def with_label(self, number: int, key: str | None) -> Keymap:
        """The same with another key for a label."""
        made = self.but()
        made._labels = {**self._labels, f"label.{number}": [key] if key else []}
        made._give()
        return made

    def keys(self, action: str) -> list[str]:
        """The keys of an action, the one that is shown first."""
        return self._keys[action]

    def wanted(self, action: str) -> list[str]:
        """What an action would have if no other one had asked before it."""
        found = self.own.get(action, SETS[self.set].get(action))
        return (BY_ID[action].keys if found is None else found).split()

    def holder(self, action: str, key: str) -> str | None:
        """The other action that has a key where this one would."""
        zone = zone_of(BY_ID[action], key)
        return next(
            (
                other
                for other, keys in self._keys.items()
                if other != action and key in keys and _meet(zone, zone_of(BY_ID[other], key))
            ),
            None,
        )

    def rival(self, key: str) -> str | None:
        """The act that would have a key where labels have theirs, had no label one."""
        plain = self.but()
        plain.set_labels([None] * LABELS)
        return plain.holder("label.1", key)

    def _give(self) -> None:
        given: dict[str, list[str]] = {}
        taken: dict[str, list[Zone]] = {}
        for action in self._order():
            spec = BY_ID[action]
            given[action] = []
            for key in self._labels.get(action, self.wanted(action)):
                zone = zone_of(spec, key)
                if is_single(key) and not self.single:
                    continue
                if not any(_meet(zone, other) for other in taken.get(key, ())):
                    taken.setdefault(key, []).append(zone)
                    given[action].append(key)
        self._keys = {spec.id: given[spec.id] for spec in TABLE}

    def _order(self) -> Iterable[str]:
        rest = (spec.id for spec in TABLE)
        return dict.fromkeys([*self._labels, *self.own, *SETS[self.set], *rest])


def pressed(event: QKeyEvent) -> str:
    """What was pressed, as the table writes keys; nothing for a modifier alone."""
    if event.key() in _HELD:
        return ""
    sign, held = event.text(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if sign.isprintable() and sign and not sign.isspace() and not sign.isalpha():
        # The sign itself counts, not how this keyboard makes it: with Shift, or with AltGr, which is Ctrl+Alt.
        held &= ~Qt.KeyboardModifier.ShiftModifier
        altgr = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        if held & altgr == altgr:
            held &= ~altgr
    return QKeySequence(QKeyCombination(held, Qt.Key(event.key()))).toString()


def stored(settings: Settings) -> Keymap:
    """The keys that a person's settings ask for."""
    own = cast(dict[str, object], settings["keys"])
    kept = {action: keys for action, keys in own.items() if isinstance(keys, str)}
    return Keymap(str(settings["key_set"]), kept, single=bool(settings["single_keys"]))


def _meet(one: Zone, other: Zone) -> bool:
    """Whether one place of the focus can be in both zones."""
    return one is other or one in _OUTER or other in _OUTER
