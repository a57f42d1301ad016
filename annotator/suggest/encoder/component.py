"""The encoder as a spaCy component, so that it works in anyone's pipeline.

nlp = spacy.blank("en")
nlp.add_pipe("encoder_spans")

Writes to the span group `doc.spans["annotator"]`, beside what our other components find.
"""

from __future__ import annotations

from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from annotator.suggest.components import SPANS_KEY, put
from annotator.suggest.encoder.model import Encoder, folder
from annotator.suggest.encoder.suggester import suggestions


@Language.factory("encoder_spans", default_config={"spans_key": SPANS_KEY, "model": None})
class EncoderSpans:
    """PERSON, ORG, DATE and ALLEGATION by the encoder; needs no other component. English."""

    def __init__(self, nlp: Language, name: str, spans_key: str, model: str | None) -> None:  # noqa: ARG002
        """`model` is a folder with another trained encoder."""
        self._key = spans_key
        self._encoder = Encoder(Path(model) if model else folder())

    def __call__(self, doc: Doc) -> Doc:
        put(doc, self._key, suggestions(self._encoder, doc.text))
        return doc
