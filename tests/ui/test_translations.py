"""Each language is whole: nothing missing, nothing stale, the same placeholders. To mend: resources/translations."""

from __future__ import annotations

import string
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from annotator import messages
from annotator.domain.changes import Message
from annotator.ui import translations, wording
from annotator.ui.actions import shown
from tests.ui.texts import texts

OTHERS = [language for language in translations.LANGUAGES if language != translations.ENGLISH]


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    translations.use("de")
    yield
    translations.use("en")


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_and_message_is_translated_and_none_is_stale(language: str) -> None:
    catalogue = translations.read(language)
    for part, wanted in (("texts", set(texts())), ("messages", set(messages.ENGLISH))):
        there = set(catalogue[part])
        assert not wanted - there, f"missing in {language}.json, {part}: {sorted(wanted - there)}"
        assert not there - wanted, f"stale in {language}.json, {part}: {sorted(there - wanted)}"
    assert all(words.strip() for part in catalogue.values() for words in part.values())


@pytest.mark.parametrize("language", OTHERS)
def test_translations_have_the_placeholders_of_the_english(language: str) -> None:
    catalogue = translations.read(language)
    pairs = [*catalogue["texts"].items()]
    pairs += [(messages.ENGLISH[code], words) for code, words in catalogue["messages"].items()]
    for english, other in pairs:
        assert _fields(other) == _fields(english), english


def _fields(template: str) -> set[tuple[str, str | None, str | None]]:
    return {(name, spec, how) for _, name, spec, how in string.Formatter().parse(template) if name}


def test_the_system_decides_where_nobody_chose() -> None:
    assert translations.chosen("de") == "de"
    assert translations.chosen("") == "en"


def test_german_is_spoken_and_english_comes_back(qapp: QApplication, german: None) -> None:
    assert wording.said(Message("span.accepted", {"text": "Mira"})) == "„Mira“ angenommen"
    assert wording.spread(1, 2) == "1 Erwähnung · 2 Artikel"
    assert wording.day("2017-11-14") == "14. Nov. 2017"
    translations.use("en")
    assert wording.said(Message("span.accepted", {"text": "Mira"})) == "Accepted “Mira”"
    assert wording.day("2017-11-14") == "14 Nov 2017"


@pytest.mark.parametrize(("count", "words"), [(1, "Eine"), (2, "2")])
def test_a_message_has_a_form_for_one(german: None, count: int, words: str) -> None:
    said = wording.said(Message("span.added_many", {"count": count, "label": "ORG"}))
    assert said.startswith(f"{words} Stelle")


def test_acts_keep_their_capitals_where_nouns_have_them(german: None) -> None:
    title = Message("label.added", {"name": "SHIP"})
    assert wording.act("undo", title) == "Rückgängig: Label SHIP hinzugefügt"
    translations.use("en")
    assert wording.act("undo", title) == "Undone: added the label SHIP"


def test_keys_are_named_as_on_the_keyboard(german: None) -> None:
    assert shown("Ctrl+Shift+Z") == "Strg Umschalt Z"
    assert shown("Del") == "Entf"
    assert shown("Ctrl++") == "Strg +"
    translations.use("en")
    assert shown("Ctrl+Shift+Z") == "Ctrl Shift Z"
