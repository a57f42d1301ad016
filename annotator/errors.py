"""The one exception that is meant for the person at the screen."""

from __future__ import annotations

from annotator import messages


class UserError(Exception):
    """Something a person can act on: a message code and its parameters.

    Everything else that is raised is a bug. `str()` gives the English sentence; a window
    translates `code` and `params` itself.
    """

    def __init__(self, code: str, /, **params: object) -> None:
        self.code = code
        self.params = params
        super().__init__(code)

    def __str__(self) -> str:
        return messages.english(self.code, self.params)

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (self.code, self.params)


def _rebuild(code: str, params: dict[str, object]) -> UserError:
    return UserError(code, **params)
