"""What a person can send along with a question: versions, the system, the last errors. No article text."""

from __future__ import annotations

import logging
import platform
import sys
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import qVersion

from annotator import __version__, paths

_LAST = 80
"""Lines of the log that a report holds."""
_log = logging.getLogger("annotator")


def log_file() -> Path:
    """The log, which is there from the first error on; its folder is there."""
    path = paths.log_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def start(tell: Callable[[str], None]) -> Callable[[], None]:
    """Write errors that nobody expected to the log, and tell one sentence about each.

    What is returned ends that.
    """
    handler = RotatingFileHandler(log_file(), maxBytes=1 << 20, backupCount=1, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    _log.addHandler(handler)

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        before(kind, error, trace)
        if issubclass(kind, KeyboardInterrupt):
            return
        _log.error("%s", kind.__name__, exc_info=(kind, error, trace))
        first = str(error).strip().partition("\n")[0]  # the log has it all
        tell(f"{kind.__name__}: {first}")

    def stop() -> None:
        _log.removeHandler(handler)
        handler.close()
        sys.excepthook = before

    before, sys.excepthook = sys.excepthook, hook
    return stop


def text() -> str:
    """The report."""
    path = paths.log_file()
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else []
    return "\n".join(
        [
            f"Annotator {__version__}",
            f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}",
            f"Log: {path}",
            *lines[-_LAST:],
        ]
    )
