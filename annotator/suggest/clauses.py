"""How far a claim reaches in its sentence: the content of a marking word, by the parse."""

from __future__ import annotations

from collections.abc import Container

from spacy.tokens import Doc, Token

from annotator.suggest.wrongs import does_wrong

_PLACING = frozenset("in at near outside inside across around".split())
_PLACES = ("GPE", "LOC", "FAC")
_FOLLOWING = frozenset(
    "after before when while as since until till although though if once where because but".split()
)
_ADVERBS = frozenset(
    "yesterday today tonight tomorrow then now later earlier ago too either again recently "
    "previously afterwards meanwhile however though".split()
)


def content_end(start: int, head: Token, dates: Container[int]) -> int:
    """End (a token index, exclusive) of what `head` governs, without what only follows.

    Time, place, duration, the by-phrase and clauses that go on with the story are left out;
    manner, purpose and amount stay. `dates` holds the tokens that are part of a date.
    """
    doc, end = head.doc, _same_block(head.doc, start, head.right_edge.i + 1)
    floor = max(start, head.i)
    while True:
        end = _without_punctuation(doc, floor, end)
        cut = _loose_tail(head, floor, end, dates)
        if cut is None:
            return end
        end = cut


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
    """No claim runs over a blank line."""
    for token in doc[start:end]:
        if token.is_space and token.text.count("\n") > 1:
            return token.i
    return end


def _without_punctuation(doc: Doc, floor: int, end: int) -> int:
    while end - 1 > floor and (doc[end - 1].is_punct or doc[end - 1].is_space or doc[end - 1].dep_ == "cc"):
        end -= 1
    return end


def _loose_tail(head: Token, floor: int, end: int, dates: Container[int]) -> int | None:
    """Start of the smallest part at the end that only follows, None where there is none."""
    token = head.doc[end - 1]
    while token.left_edge.i > floor and token.head is not token:
        if token.right_edge.i >= end - 1 and _only_follows(token, head, dates):
            return token.left_edge.i
        token = token.head
    return None


def _only_follows(token: Token, head: Token, dates: Container[int]) -> bool:
    if token.dep_ in ("prep", "agent"):
        return _is_loose_preposition(token, head, dates)
    if token.dep_ == "conj" and token.pos_ in ("VERB", "AUX"):
        return _goes_on_otherwise(token)
    if token.dep_ in ("npadvmod", "advmod"):
        return token.i in dates or token.lower_ in _ADVERBS
    if token.dep_ == "advcl":
        return token.left_edge.lower_ in _FOLLOWING or _behind_comma(token)
    return token.dep_ in ("relcl", "appos", "parataxis", "acl") and _behind_comma(token)


def _is_loose_preposition(token: Token, head: Token, dates: Container[int]) -> bool:
    if token.lower_ in ("against", "according"):
        return True
    if token.lower_ == "by":  # the one who did it, not one that a clause further in names
        return token.head.i in _predicates(head)
    objects = [child for child in token.children if child.dep_ in ("pobj", "pcomp")]
    if any(child.i in dates or child.ent_type_ in ("DATE", "TIME") for child in objects):
        return True
    return token.lower_ in _PLACING and any(
        child.pos_ == "PROPN" or child.ent_type_ in _PLACES for child in objects
    )


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
    if does_wrong(verb):
        return False
    return any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.lefts) or (
        first.tag_ == "VBG" and verb.tag_ != "VBG"
    )


def _behind_comma(token: Token) -> bool:
    first = token.left_edge.i
    return first > 0 and token.doc[first - 1].text in (",", "–", "—", "-", ";", ":", "(")
