"""How far a claim reaches in its sentence: the content of a marking word, by the parse."""

from __future__ import annotations

from collections.abc import Container
from typing import NamedTuple

from spacy.tokens import Doc, Token

from annotator.suggest import dates
from annotator.suggest.allegations.wrongs import does_wrong, names_wrong

_PLACING = frozenset("in at near outside inside across around".split())
_PLACES = ("GPE", "LOC", "FAC")
_STAGING = frozenset("at behind outside near during throughout despite amid following".split())
"""Prepositions behind which time, place or circumstance stands, whatever it is."""
_BULLETS = frozenset("• * - – — ● · ▪".split())
_FOLLOWING = frozenset(
    "after before when while as since until till although though if once where because but".split()
)
_ADVERBS = frozenset(
    "yesterday today tonight tomorrow then now later earlier ago too either again recently "
    "previously afterwards meanwhile however though".split()
)


class Claim(NamedTuple):
    """Tokens `[start, end)`; `marker` is the token that marks them as a claim."""

    start: int
    end: int
    marker: int


class Parsed:
    """A parsed document with the tokens of its dates, and how far claims reach in it."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.dates: set[int] = set()
        for start, end in dates.find(doc.text):
            span = doc.char_span(start, end, alignment_mode="expand")
            if span is not None:
                self.dates.update(range(span.start, span.end))

    def claim(self, start: int, head: Token, marker: Token) -> Claim:
        """What begins at token `start` and ends where what `head` governs does.

        What only follows (time, place, duration, the by-phrase, clauses that go on with the
        story) is left out; manner, purpose, amount and further wrongs of a list stay.
        """
        end = self._content_end(start, head)
        more = _joined(self.doc, end, head)
        while more is not None:
            end = max(self._content_end(end, more), more.i + 1)
            more = _joined(self.doc, end, head)
        return Claim(start, end, marker.i)

    def _content_end(self, start: int, head: Token) -> int:
        end = _same_block(self.doc, start, head.right_edge.i + 1)
        floor = max(start, head.i)
        while True:
            end = _without_punctuation(self.doc, floor, end)
            cut = _loose_tail(head, floor, end, self.dates)
            if cut is None:
                return end
            end = cut


def _joined(doc: Doc, end: int, head: Token) -> Token | None:
    """What goes on with the list behind a claim's end: `, perjury`, `and of obstructing`."""
    joint = end
    while (
        joint < len(doc)
        and joint < end + 2
        and (doc[joint].text == "," or doc[joint].lower_ in ("and", "or"))
    ):
        joint += 1
    if joint in (end, len(doc)) or head.pos_ != "ADP":
        return None
    if doc[joint].lower_ == head.lower_:
        return doc[joint]
    for token in doc[joint : joint + 5]:
        if not (token.pos_ in ("NOUN", "PROPN", "ADJ", "ADV", "DET") or token.tag_ == "VBG"):
            return None
        ends = token.i + 1 == len(doc) or doc[token.i + 1].pos_ not in ("NOUN", "PROPN")
        if ends and (names_wrong(token) or (token.tag_ == "VBG" and does_wrong(token))):
            return None if token.dep_ in ("nsubj", "nsubjpass", "ROOT") else token
    return None


def predicate_start(verb: Token) -> int:
    """Where the verb group begins; with its subject where that is what the wrong was done to."""
    start = verb.i
    for child in reversed(list(verb.lefts)):
        if child.dep_ == "nsubjpass":
            return child.left_edge.i if child.left_edge.pos_ != "PRON" else start
        if child.dep_ not in ("aux", "auxpass", "neg", "advmod"):
            break
        start = child.left_edge.i
    return start


def _same_block(doc: Doc, start: int, end: int) -> int:
    """No claim runs over a blank line or into the next point of a list."""
    for token in doc[start:end]:
        if token.is_space and "\n" in token.text:
            behind = doc[token.i + 1].text if token.i + 1 < len(doc) else ""
            if token.text.count("\n") > 1 or behind in _BULLETS:
                return token.i
    return end


def _without_punctuation(doc: Doc, floor: int, end: int) -> int:
    while end - 1 > floor and (doc[end - 1].is_punct or doc[end - 1].is_space or doc[end - 1].dep_ == "cc"):
        end -= 1
    return end


def _loose_tail(head: Token, floor: int, end: int, dated: Container[int]) -> int | None:
    """Start of the smallest part at the end that only follows, None where there is none."""
    token = head.doc[end - 1]
    while token.left_edge.i > floor and token.head is not token:
        if token.right_edge.i >= end - 1 and _only_follows(token, head, dated):
            return token.left_edge.i
        token = token.head
    return None


def _only_follows(token: Token, head: Token, dated: Container[int]) -> bool:
    if token.dep_ in ("prep", "agent"):
        return _is_loose_preposition(token, head, dated)
    if token.dep_ == "conj" and token.pos_ in ("VERB", "AUX"):
        return _goes_on_otherwise(token)
    if token.dep_ in ("npadvmod", "advmod"):
        return token.lower_ in _ADVERBS or any(one.i in dated for one in token.subtree)
    if token.dep_ == "advcl":
        return token.left_edge.lower_ in _FOLLOWING or _behind_comma(token)
    if token.dep_ == "acl" and token.left_edge.i == token.right_edge.i and not does_wrong(token):
        return True  # what is left of `leaks dating back to 2015`
    return token.dep_ in ("relcl", "appos", "parataxis", "acl") and _behind_comma(token)


def _is_loose_preposition(token: Token, head: Token, dated: Container[int]) -> bool:
    if token.lower_ in ("against", "according") or (token.lower_ in _STAGING and token.head.pos_ == "VERB"):
        return True
    if token.lower_ == "by":  # the one who did it, not one that a clause further in names
        return token.head.i in _predicates(head) and not _is_amount(token)
    objects = [child for child in token.children if child.dep_ in ("pobj", "pcomp")]
    if any(child.i in dated or child.ent_type_ in ("DATE", "TIME") for child in objects):
        return True
    return token.lower_ in _PLACING and any(
        child.pos_ == "PROPN" or child.ent_type_ in _PLACES for child in objects
    )


def _is_amount(preposition: Token) -> bool:
    """`by at least $83 million`: how much, not who."""
    return any(child.like_num or child.pos_ in ("NUM", "SYM") for child in preposition.subtree)


def _predicates(head: Token) -> set[int]:
    """The words that say what was done: the head, what a preposition leads to, what is joined."""
    found = {head.i}
    for token in head.subtree:
        if token.dep_ in ("pobj", "pcomp", "conj", "xcomp") and token.head.i in found:
            found.add(token.i)
    return found


def _goes_on_otherwise(verb: Token) -> bool:
    """Joined by `and`, but a clause of its own or in another form: `..., and was later released`."""
    first = verb.head
    if opens_with_that(verb):
        return True  # `and that the mayor knew`: a span of its own
    if does_wrong(verb) or opens_with_that(first):
        return False
    return any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.lefts) or (
        first.tag_ == "VBG" and verb.tag_ != "VBG"
    )


def opens_with_that(clause: Token) -> bool:
    """Does `that` open this clause?"""
    return any(child.lower_ == "that" and child.dep_ == "mark" for child in clause.lefts)


def _behind_comma(token: Token) -> bool:
    first = token.left_edge.i
    return first > 0 and token.doc[first - 1].text in (",", "–", "—", "-", ";", ":", "(")
