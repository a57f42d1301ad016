"""An installed spaCy pipeline as a suggester, with our components behind its own."""

from __future__ import annotations

from collections.abc import Iterable

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from annotator.domain.suggestion import Suggestion
from annotator.domain.words import trim
from annotator.errors import UserError
from annotator.suggest import components
from annotator.suggest.guideline import across
from annotator.suggest.pieces import pieces

SUGGESTED = ("PERSON", "ORG", "DATE")
UNUSED = (
    "lemmatizer",
    "trainable_lemmatizer",
    "morphologizer",
    "entity_linker",
    "textcat",
    "textcat_multilabel",
)


class SpacySuggester:
    """Wraps one pipeline package. The rules are English; others are only trimmed."""

    def __init__(self, name: str, version: str) -> None:
        """Load the package. UserError where it is not installed or does not load here."""
        self.name = name
        self.version = version
        try:
            self.nlp: Language = spacy.load(name, exclude=list(UNUSED))
        except (OSError, ValueError, ImportError) as error:
            raise UserError("suggest.not_loaded", name=name, why=str(error)) from error
        self._english = self.nlp.lang == "en"
        if self._english:
            components.add_to(self.nlp)

    def suggest(self, text: str, date: str | None) -> list[Suggestion]:  # noqa: ARG002
        """See Suggester. The day of publication changes nothing here."""
        found: set[Suggestion] = set()
        parts = list(pieces(text))
        for start, end in parts:
            with self.nlp.memory_zone():
                doc = self.nlp(text[start:end])
                found.update(self._moved(self._of(doc), start))
        if self._english and len(parts) > 1:
            return across(text, found)
        return sorted(found, key=lambda one: one[:3])

    def _of(self, doc: Doc) -> Iterable[Suggestion]:
        if self._english:
            return components.read(doc)
        return self._plain(doc)

    def _plain(self, doc: Doc) -> Iterable[Suggestion]:
        for span in doc.ents:
            label = components.LABELS.get(span.label_)
            place = trim(doc.text, span.start_char, span.end_char)
            if label in SUGGESTED and place is not None:
                yield Suggestion(*place, label)

    @staticmethod
    def _moved(found: Iterable[Suggestion], by: int) -> Iterable[Suggestion]:
        return (one._replace(start=one.start + by, end=one.end + by) for one in found)
