"""The snapshots of a project, newest first; Enter goes back to one, after being asked once more."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QWidget

from annotator.store.snapshots import Snapshot
from annotator.ui import lists, wording
from annotator.ui.kit import Button, Cut, column, frame, label, line, row, tool
from annotator.ui.log_rows import LogDelegate, LogRow
from annotator.ui.overlay import Overlay


class SnapshotsCard(Overlay):
    """`take` makes one and returns the list as it is then; `restore` goes back to one."""

    def __init__(
        self,
        window: QWidget,
        found: list[Snapshot],
        take: Callable[[], list[Snapshot]],
        restore: Callable[[Snapshot], object],
    ) -> None:
        super().__init__(window, 760, 520)
        self._take, self._restore = take, restore
        self._asked: Snapshot | None = None
        self._model = QStandardItemModel()
        self._list = lists.view(self.tr("Snapshots"), LogDelegate())
        self._list.setModel(self._model)
        self._list.activated.connect(lambda _: self._go_back())
        self._said = Cut("", "second")
        self._back = Button(self.tr("Go back to this one"), "rotate-ccw", "normal", "↵")
        self._back.clicked.connect(lambda _=False: self._go_back())
        new = Button(self.tr("Take one now"), "save", "primary")
        new.clicked.connect(lambda _=False: self._fill(self._take()))
        head = row(label(self.tr("Snapshots"), "head"), None, tool("x", self.tr("Close"), "Esc", self.close_card),
                   margins=(24, 0, 12, 0))  # fmt: skip
        box = column(frame(head, height=56), line(), 4, gap=0)
        box.addWidget(self._list, 1)
        box.addWidget(line())
        box.addWidget(frame(row(self._said, self._back, new, margins=(24, 0, 24, 0)), height=56))
        self.card.setLayout(box)
        self.card.setAccessibleName(self.tr("Snapshots"))
        self._list.selectionModel().currentChanged.connect(lambda *_: self._show_plain())
        self._fill(found)
        self.open(self._list)

    def _fill(self, found: list[Snapshot]) -> None:
        self._found = found
        self._model.clear()
        for one in found:
            item = QStandardItem()
            entry = LogRow(
                _when(one.at), _reason(one.reason), self.tr("{size} MB").format(size=f"{one.size / 1e6:.1f}")
            )
            item.setData(entry, Qt.ItemDataRole.UserRole)
            item.setData(", ".join(entry), Qt.ItemDataRole.AccessibleTextRole)
            self._model.appendRow(item)
        if found:
            self._list.setCurrentIndex(self._model.index(0, 0))
        self._back.setEnabled(bool(found))
        self._show_plain()

    def _show_plain(self) -> None:
        self._asked = None
        count = wording.counted(len(self._found), self.tr("1 snapshot"), self.tr("{n} snapshots"))
        nothing = self.tr("None yet. One is taken every day on which the project is opened.")
        self._said.setText(
            self.tr("{count} beside the project").format(count=count) if self._found else nothing
        )

    def _go_back(self) -> None:
        if not self._found:
            return
        chosen = self._found[max(0, self._list.currentIndex().row())]
        if self._asked != chosen:
            self._asked = chosen
            when = _when(chosen.at)
            self._said.setText(
                self.tr("Once more goes back to {when}. What is there now is kept too.").format(when=when)
            )
            return
        self.close_card()
        self._restore(chosen)


def _when(at: str) -> str:
    moment = QDateTime.fromString(at, Qt.DateFormat.ISODate).toLocalTime()
    return QLocale().toString(moment, "d MMM yyyy HH:mm")


def _reason(reason: str) -> str:
    return wording.message(f"snapshot.reason.{reason}", {})
