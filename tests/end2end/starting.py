"""Started as a process of its own: the window on a project until an article is painted; what that imported."""

from __future__ import annotations

import sys
import time
from pathlib import Path

BEGUN = time.perf_counter()


def main(project: str) -> None:
    """Print the seconds since this module began, then the modules that were imported, one a line."""
    from annotator.ui import app

    qt = app.make_app()
    window = app.make_window("Ada")
    app.open_project(window, Path(project), [])
    window.resize(1440, 900)
    window.show()
    # Not processEvents: that would also start what waits for the first picture.
    painted = window.grab()
    seconds = time.perf_counter() - BEGUN
    assert window.review.article().text
    assert not painted.isNull()
    sys.stdout.write(f"{seconds:.3f}\n")
    sys.stdout.write("\n".join(sorted(sys.modules)))
    window.close()
    qt.quit()


if __name__ == "__main__":
    main(sys.argv[1])
