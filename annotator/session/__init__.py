"""The application without a window: what is open, what was decided, what is running."""

from annotator.session.session import Session

__all__ = ["Session"]
