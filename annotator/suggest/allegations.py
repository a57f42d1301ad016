"""ALLEGATION after the guidelines: marking words, and what they govern in the parse.

Each rule looks at one kind of marking word. Where two rules find overlapping claims, the
more certain one is kept: they are tried in the order of `RULES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from spacy.tokens import Doc, Token

from annotator.suggest import dates
from annotator.suggest.clauses import content_end, predicate_start
from annotator.suggest.lexicons import terms
from annotator.suggest.wrongs import (
    bases,
    does_wrong,
    is_one_of,
    is_wrong_adjective,
    is_wrong_noun,
    names_wrong,
)

CLAUSE = "-"
_NAMING = frozenset(("call", "describe", "label", "brand", "dub", "denounce", "condemn"))
_IMPERSONAL = frozenset(
    "say said believe think thought understand understood allege report claim suspect fear rumour "
    "rumor know known".split()
)
_BARE = frozenset(
    "victim incident act conduct behaviour behavior target culprit involvement events remarks".split()
)


class Claim(NamedTuple):
    """Tokens `[start, end)`; `marker` is the token that marks them as a claim."""

    start: int
    end: int
    marker: int


class Sentences:
    """A parsed document with the tokens of its dates."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.dates: set[int] = set()
        for start, end in dates.find(doc.text):
            span = doc.char_span(start, end, alignment_mode="expand")
            if span is not None:
                self.dates.update(range(span.start, span.end))

    def claim(self, start: int, head: Token, marker: Token) -> Claim:
        return Claim(start, content_end(start, head, self.dates), marker.i)


def find(doc: Doc) -> list[Claim]:
    """The claims of a parsed document, none overlapping another."""
    sentences = Sentences(doc)
    found: list[Claim] = []
    taken: set[int] = set()
    for rule in RULES:
        for token in doc:
            for claim in rule(sentences, token):
                if claim.end > claim.start and taken.isdisjoint(range(claim.start, claim.end)):
                    found.append(claim)
                    taken.update(range(claim.start, claim.end))
    return sorted(found)


@cache
def _governed(lexicon: str) -> dict[str, frozenset[str]]:
    """The marking words of a lexicon and what leads from them to the wrong."""
    lines = (line.split() for line in terms(lexicon))
    return {word: frozenset(leads) for word, *leads in lines}


def _leads(token: Token, lexicon: str) -> frozenset[str]:
    table = _governed(lexicon)
    return frozenset().union(*(table[base] for base in bases(token.lower_) if base in table))


def cue_verbs(sentences: Sentences, token: Token) -> Iterator[Claim]:
    """`accused him of theft`, `alleges that he stole`, `charged with fraud`, `alleged to have lied`."""
    leads = _leads(token, "cue_verbs")
    if not leads or token.pos_ not in ("VERB", "ADJ", "NOUN") or _negated(token):
        return
    if CLAUSE in leads and token.pos_ == "VERB":
        yield from _clause_of(sentences, token)
    preposition = _preposition(token, leads)
    if preposition is not None and not _is_sum_or_date(sentences, preposition):
        suspicion = _suspicion(preposition)
        if suspicion is None:
            yield sentences.claim(token.i, preposition, token)
        elif preposition.i - token.i > 1:
            yield sentences.claim(token.i, suspicion, token)


def _clause_of(sentences: Sentences, verb: Token) -> Iterator[Claim]:
    for child in verb.children:
        if child.dep_ in ("ccomp", "xcomp") and child.i > verb.i:
            yield sentences.claim(verb.i, child, verb)
        elif child.dep_ == "dobj" and child.i > verb.i and names_wrong(child):
            yield sentences.claim(verb.i, child, verb)


def _preposition(token: Token, leads: frozenset[str]) -> Token | None:
    """The first preposition behind a marking word that leads to what is claimed."""
    for other in token.doc[token.i + 1 : token.right_edge.i + 1]:
        if other.lower_ in leads and other.dep_ in ("prep", "conj", "dep") and _hangs_on(other.head, token):
            return other if any(child.dep_ in ("pobj", "pcomp") for child in other.children) else None
    return None


def _hangs_on(head: Token, token: Token) -> bool:
    """Is it the word itself, or its object, to which the parser may have given the preposition?"""
    while head.i != token.i and head.pos_ not in ("VERB", "AUX") and head.head is not head:
        head = head.head
    return head.i == token.i


def _is_sum_or_date(sentences: Sentences, preposition: Token) -> bool:
    """`sued for 3 million euros`, `investigated on 1 March`."""
    return any(
        child.i in sentences.dates or child.ent_type_ in ("MONEY", "DATE", "TIME")
        for child in preposition.children
    )


def _suspicion(preposition: Token) -> Token | None:
    return next((child for child in preposition.children if child.lower_ == "suspicion"), None)


def cue_nouns(sentences: Sentences, token: Token) -> Iterator[Claim]:
    """`allegations of abuse`, `claims that he lied`, `two counts of fraud`."""
    leads = _leads(token, "cue_nouns")
    if not leads or token.pos_ != "NOUN" or _settled(token):
        return
    for child in token.rights:
        if CLAUSE in leads and child.dep_ in ("acl", "relcl", "ccomp"):
            # `that` may stand behind a clause in between: `the claim, made on Monday, that ...`
            for clause in (child, *child.rights):
                if _opens_with_that(clause):
                    yield sentences.claim(token.i, clause, token)
    preposition = _preposition(token, leads)
    if preposition is not None and _holds_wrong(preposition):
        yield sentences.claim(token.i, preposition, token)


def _opens_with_that(clause: Token) -> bool:
    return any(child.lower_ == "that" and child.dep_ == "mark" for child in clause.lefts)


def _holds_wrong(token: Token) -> bool:
    return any(is_wrong_noun(one) or is_wrong_adjective(one) or does_wrong(one) for one in token.subtree)


def compounds(sentences: Sentences, token: Token) -> Iterator[Claim]:
    """`bribery charge`, `money-laundering probe`, `sexual misconduct accusers`."""
    if token.pos_ not in ("NOUN", "PROPN") or not is_one_of(token, "claim_heads") or _settled(token):
        return
    first = _first_wrong(token)
    if first is not None:
        yield Claim(first, token.i + 1, token.i)


def _first_wrong(head: Token) -> int | None:
    """Where the wrong begins in the words before a head, None where none of them is one."""
    first, wrong = None, False
    for token in reversed(list(head.doc[max(0, head.i - 6) : head.i])):
        if not (
            token.text == "-" or token.dep_ in ("amod", "compound", "nmod", "npadvmod", "punct", "conj", "cc")
        ):
            break
        if token.ent_type_ in ("PERSON", "ORG", "GPE", "DATE") or not (token.is_alpha or "-" in token.text):
            break
        if is_wrong_noun(token) or is_wrong_adjective(token):
            wrong = wrong or is_wrong_noun(token)
            first = token.i
    return first if wrong else None


def naming(sentences: Sentences, token: Token) -> Iterator[Claim]:
    """`called it intimidation`, `described the deal as a bribe`."""
    if token.pos_ != "VERB" or bases(token.lower_).isdisjoint(_NAMING) or _negated(token):
        return
    for child in token.rights:
        named = [child] if child.dep_ in ("oprd", "ccomp", "attr") else []
        if child.dep_ == "prep" and child.lower_ == "as":
            named = list(child.children)
        if any(names_wrong(one) or is_wrong_adjective(one) for one in named):
            yield sentences.claim(token.i, child, token)


def adjectives(sentences: Sentences, token: Token) -> Iterator[Claim]:
    """`alleged sexual predator`, `suspected arson`."""
    if (
        token.lower_ in terms("alleged")
        and token.dep_ == "amod"
        and token.i < token.head.i
        and (
            names_wrong(token.head)
            or (token.lower_ == "alleged" and bases(token.head.lower_).isdisjoint(_BARE))
        )
    ):
        yield sentences.claim(token.i, token.head, token)


def adverbs(sentences: Sentences, token: Token) -> Iterator[Claim]:
    """`allegedly paid the agent`."""
    verb = token.head
    if token.lower_ not in terms("hedges") or verb.pos_ not in ("VERB", "AUX"):
        return
    if token.lower_ == "allegedly" or does_wrong(verb):
        yield sentences.claim(min(token.i, verb.i), verb, token)


def formal_steps(sentences: Sentences, token: Token) -> Iterator[Claim]:
    """`trial for fraud`, `investigation into the theft`."""
    if token.pos_ != "NOUN" or not is_one_of(token, "claim_heads") or _settled(token):
        return
    for child in token.rights:
        if (
            child.dep_ == "prep"
            and child.lower_ in ("for", "over", "into", "of", "on")
            and _object_is_wrong(child)
        ):
            yield sentences.claim(token.i, child, token)


def _object_is_wrong(preposition: Token) -> bool:
    return any(names_wrong(child) or does_wrong(child) for child in preposition.children)


def hedged(sentences: Sentences, token: Token) -> Iterator[Claim]:
    """`appears to have paid bribes`, `is said to have forged`, `may have lied`."""
    if token.pos_ != "VERB" or _negated(token):
        return
    passive = any(child.dep_ == "auxpass" for child in token.lefts)
    if not bases(token.lower_).isdisjoint(("appear", "seem")) or (
        passive and not bases(token.lower_).isdisjoint(_IMPERSONAL)
    ):
        for child in token.rights:
            if child.dep_ in ("xcomp", "ccomp") and does_wrong(child):
                yield sentences.claim(token.i, child, token)
    may = [child for child in token.lefts if child.lower_ in ("may", "might", "could")]
    if may and any(child.lower_ == "have" for child in token.lefts) and does_wrong(token):
        yield sentences.claim(may[0].i, token, may[0])


def reported(sentences: Sentences, token: Token) -> Iterator[Claim]:
    """`said the auditors ignored warnings`; the wrong alone where the source follows it."""
    if token.pos_ != "VERB" or not is_one_of(token, "reporting_verbs") or _negated(token):
        return
    for child in token.children:
        if child.dep_ != "ccomp" or not does_wrong(child):
            continue
        if child.i > token.i:
            yield sentences.claim(token.i, child, token)
        else:
            yield sentences.claim(predicate_start(child), child, token)


def sourced(sentences: Sentences, token: Token) -> Iterator[Claim]:
    """The wrong alone beside `according to the indictment`."""
    if token.lower_ != "according":
        return
    verb = token.head
    while verb.dep_ in ("prep", "pobj", "dobj", "advmod") and verb.head is not verb:
        verb = verb.head
    if does_wrong(verb):
        yield sentences.claim(predicate_start(verb), verb, token)


def _negated(token: Token) -> bool:
    return any(child.dep_ == "neg" for child in token.children)


def _settled(token: Token) -> bool:
    """Is this the charge of which somebody was convicted or cleared?"""
    above = token.head
    while above.dep_ in ("prep", "pobj", "conj", "dobj") and above.head is not above:
        if is_one_of(above, "settled"):
            return True
        above = above.head
    return is_one_of(above, "settled")


RULES: tuple[Callable[[Sentences, Token], Iterator[Claim]], ...] = (
    cue_verbs,
    cue_nouns,
    compounds,
    naming,
    adjectives,
    adverbs,
    formal_steps,
    hedged,
    reported,
    sourced,
)
