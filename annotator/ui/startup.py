"""What must be true before Qt is touched: its libraries, a display, a PySide6 that keeps its references.

Qt aborts the process where a library of the platform or the display is missing, so both are
looked for first, without Qt.
"""

from __future__ import annotations

import ctypes
import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from annotator.errors import UserError

BASE: Final[dict[str, tuple[str, str]]] = {
    "libGL.so.1": ("libgl1", "libglvnd-glx"),
    "libEGL.so.1": ("libegl1", "libglvnd-egl"),
    "libX11.so.6": ("libx11-6", "libX11"),
    "libxcb.so.1": ("libxcb1", "libxcb"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig"),
    "libfreetype.so.6": ("libfreetype6", "freetype"),
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus-libs"),
}
"""Libraries that importing QtWidgets and QtSvg needs: name, Debian package, Fedora package."""

X11: Final[dict[str, tuple[str, str]]] = {
    "libX11-xcb.so.1": ("libx11-xcb1", "libX11-xcb"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-render-util.so.0": ("libxcb-render-util0", "xcb-util-renderutil"),
    "libxcb-randr.so.0": ("libxcb-randr0", "libxcb"),
    "libxcb-render.so.0": ("libxcb-render0", "libxcb"),
    "libxcb-shape.so.0": ("libxcb-shape0", "libxcb"),
    "libxcb-shm.so.0": ("libxcb-shm0", "libxcb"),
    "libxcb-sync.so.1": ("libxcb-sync1", "libxcb"),
    "libxcb-xfixes.so.0": ("libxcb-xfixes0", "libxcb"),
    "libxcb-xkb.so.1": ("libxcb-xkb1", "libxcb"),
}
"""Libraries that Qt's X11 platform needs as well."""

_NO_SCREEN = ("offscreen", "minimal", "vnc")


def check_libraries(known: Mapping[str, tuple[str, str]]) -> None:
    """Raise UserError with the packages to install where the system lacks one of these libraries."""
    if not sys.platform.startswith("linux"):
        return
    missing = [name for name in known if not _loads(name)]
    if missing:
        raise UserError(
            "start.libraries",
            libraries=", ".join(missing),
            debian=" ".join(dict.fromkeys(known[name][0] for name in missing)),
            fedora=" ".join(dict.fromkeys(known[name][1] for name in missing)),
        )


def check_binding() -> None:
    """Raise UserError where PySide6 loses a reference with every call, which ends in a crash.

    PySide6 6.12 does so on Python 3.11: each call that returns nothing drops a reference to
    None that it does not own (measured: 200 calls, 200 references).
    """
    from PySide6.QtGui import QPen

    calls = 200
    pen = QPen()
    before = sys.getrefcount(None)
    for _ in range(calls):
        pen.setWidth(1)
    if sys.getrefcount(None) < before - calls // 2:
        import PySide6

        raise UserError("start.binding", version=PySide6.__version__)


def has_display(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether a window can be shown. It is tried, because a stale DISPLAY would end the process."""
    asked = environment.get("QT_QPA_PLATFORM", "").split(":")[0]
    if asked:
        return asked not in _NO_SCREEN
    if not sys.platform.startswith("linux"):
        return True
    return _wayland(environment) or _x11(environment)


def uses_x11(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether Qt will take its X11 platform."""
    asked = environment.get("QT_QPA_PLATFORM", "").split(":")[0]
    return asked == "xcb" or (not asked and sys.platform.startswith("linux") and not _wayland(environment))


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _wayland(environment: Mapping[str, str]) -> bool:
    name = environment.get("WAYLAND_DISPLAY")
    if not name:
        return False
    path = Path(environment.get("XDG_RUNTIME_DIR", "/")) / name
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as wire:
            wire.connect(str(path))
    except OSError:
        return False
    return True


def _x11(environment: Mapping[str, str]) -> bool:
    name = environment.get("DISPLAY")
    if not name:
        return False
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # check_libraries will name the package
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(name.encode(), None))
    failed = xcb.xcb_connection_has_error(connection) != 0
    xcb.xcb_disconnect(connection)
    return not failed
