"""The window in a person's language: one plain catalogue a language, in resources/translations.

A catalogue is a JSON object. `messages` has the sentences of the layers below by their code,
`texts` the window's own by their English words, which stand in the code. What a catalogue
lacks stays English; a test holds that none lacks anything. Qt's own words (names of keys, its
file dialogs) come from Qt's catalogues.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from annotator import messages, paths

ENGLISH: Final = "en"
LANGUAGES: Final = {ENGLISH: "English", "de": "Deutsch"}
"""By code, as those who read them call them."""


class Catalogue(QTranslator):
    """Qt asks it for each text; the context does not matter, for one text is translated once."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        super().__init__()
        self._texts = texts

    def isEmpty(self) -> bool:
        return False

    def translate(self, _context: str, text: str, _about: str | None = None, _n: int = -1) -> str | None:
        """None where it has nothing, so that Qt asks the next catalogue."""
        return self._texts.get(text)


class _Current:
    """What is installed; there is one application."""

    language = ENGLISH
    messages: Mapping[str, str] = {}
    installed: tuple[QTranslator, ...] = ()


def read(language: str) -> dict[str, dict[str, str]]:
    """A catalogue: `messages` and `texts`."""
    path = paths.resources() / "translations" / f"{language}.json"
    found: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def chosen(asked: str) -> str:
    """The language that is asked for, where there is one; else the first of the system's that there is."""
    wanted = [asked, *(name.partition("-")[0] for name in QLocale.system().uiLanguages())]
    return next((one for one in wanted if one in LANGUAGES), ENGLISH)


def spoken() -> str:
    """The language that is spoken now."""
    return _Current.language


def use(asked: str) -> bool:
    """Speak a language from now on ("": that of the system); whether it is another one than before."""
    language = chosen(asked)
    if language == _Current.language:
        return False
    for old in _Current.installed:
        QCoreApplication.removeTranslator(old)
    _Current.language, _Current.messages, _Current.installed = language, {}, ()
    QLocale.setDefault(QLocale(language) if language != ENGLISH else QLocale.system())
    if language != ENGLISH:
        found = read(language)
        qt = QTranslator()
        qt.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        _Current.messages, _Current.installed = found["messages"], (qt, Catalogue(found["texts"]))
        for made in _Current.installed:
            QCoreApplication.installTranslator(made)
    return True


def template(code: str, params: Mapping[str, object]) -> str:
    """A message of the layers below with its placeholders, in the language that is spoken."""
    key = messages.key(code, params)
    return _Current.messages.get(key, messages.ENGLISH[key])
