"""The encoder as a suggester, the default one."""

from __future__ import annotations

from annotator.domain.changes import Message
from annotator.domain.reasons import written
from annotator.domain.suggestion import Suggestion
from annotator.suggest.encoder.evidence import NETWORK, REPEATED, RULE, Candidate
from annotator.suggest.encoder.model import Encoder
from annotator.suggest.encoder.weighing import chosen


class EncoderSuggester:
    """Suggests what the network, the rules and the names of the article say together."""

    def __init__(self, name: str, version: str, encoder: Encoder) -> None:
        self.name = name
        self.version = version
        self._encoder = encoder

    def suggest(self, text: str, date: str | None) -> list[Suggestion]:  # noqa: ARG002
        """See Suggester. The day of publication changes nothing here."""
        return suggestions(self._encoder, text)


def suggestions(encoder: Encoder, text: str) -> list[Suggestion]:
    """Spans of a text with calibrated scores, in reading order."""
    found = chosen(encoder.said(text), encoder.weights)
    return [Suggestion(one.start, one.end, one.label, round(score, 3), _why(one)) for score, one in found]


def _why(one: Candidate) -> str:
    """The word that marks a claim, as it is; else who proposes it."""
    if REPEATED in one.by:
        return written(Message("reason.repeated", {"name": one.why}))
    if one.why:
        return one.why
    if RULE in one.by:
        return written(Message("reason.model_and_rule" if NETWORK in one.by else "reason.rule"))
    return written(Message("reason.model"))
