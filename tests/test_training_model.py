"""The files of the encoder belong together: settings, figures and card are those of its network."""

from __future__ import annotations

import json

from annotator.suggest.encoder.evidence import FEATURES
from annotator.suggest.encoder.model import NETWORK, SETTINGS, folder
from training.card import CARD, card
from training.records import digest
from training.weigh import FIGURES


def test_the_settings_are_those_of_the_network() -> None:
    settings = json.loads((folder() / SETTINGS).read_text(encoding="utf-8"))
    assert settings["version"] == digest(folder() / NETWORK)[: len(settings["version"])]
    assert settings["features"] == list(FEATURES)


def test_the_card_tells_the_figures() -> None:
    figures = json.loads((folder() / FIGURES).read_text(encoding="utf-8"))
    assert (folder() / CARD).read_text(encoding="utf-8") == card(figures)
