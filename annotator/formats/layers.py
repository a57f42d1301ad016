"""Layers as DKPro, WebAnno and INCEpTION name them: which are about words and not about what a text says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

LABELS: Final = ("value", "label", "Value", "Label")
"""The features that tools of this kind keep a label in, the first that is there."""
_ASIDE: Final = (
    "segmentation.type.",
    "metadata.type.",
    "lexmorph.",
    "syntax.",
    ".morph.",
    "transform.type.",
    "uima.tcas.DocumentAnnotation",
    "TagsetDescription",
    "LayerDefinition",
    "FeatureDefinition",
)


def is_aside(layer: str) -> bool:
    """Whether a layer is of tokens, their forms and their syntax, or about the document."""
    return any(part in layer for part in _ASIDE)


def label_of(features: Mapping[str, Any], layer: str) -> str:
    """The label of an annotation by its features, else its layer's own name."""
    return next((features[name] for name in LABELS if features.get(name)), layer.rpartition(".")[2])


def attributes_of(features: Mapping[str, Any], known: frozenset[str]) -> dict[str, Any]:
    """What else an annotation says, for the field that brat's attributes come into as well."""
    chosen = next((name for name in LABELS if features.get(name)), None)
    more = {
        name: value
        for name, value in features.items()
        if name not in known and name != chosen and value not in (None, "")
    }
    return {"attributes": more} if more else {}
