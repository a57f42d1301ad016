"""Rules for words that mark a claim only where their clause states a wrong: `said`, `appears`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Token

from annotator.lexicons import bases
from annotator.suggest.allegations.clauses import Claim, Parsed, predicate_start
from annotator.suggest.allegations.wrongs import does_wrong, is_denied, is_negated, is_one_of

Rule = Callable[[Parsed, Token], Iterator[Claim]]

_SAID_OF = frozenset(
    "say said believe think thought understand understood report claim suspect fear rumour rumor know known".split()
)
_EXAMINING = frozenset(
    "examine investigate probe look question weigh review study scrutinise scrutinize query".split()
)


def examined(parsed: Parsed, token: Token) -> Iterator[Claim]:
    """`examining whether the company misled lenders`, `looking into whether evidence was destroyed`."""
    if token.pos_ != "VERB" or bases(token.lower_).isdisjoint(_EXAMINING) or is_negated(token):
        return
    into = [child for child in token.rights if child.dep_ == "prep" and child.lower_ == "into"]
    for one in (token, *into):
        for clause in one.rights:
            if any(left.lower_ in ("whether", "if") for left in clause.lefts if left.dep_ == "mark"):
                yield parsed.claim(token.i, clause, token)


def hedged(parsed: Parsed, token: Token) -> Iterator[Claim]:
    """`appears to have paid bribes`, `is said to have forged it`, `may have lied`."""
    if token.pos_ != "VERB" or is_negated(token):
        return
    passive = any(child.dep_ == "auxpass" for child in token.lefts)
    said_of = passive and not bases(token.lower_).isdisjoint(_SAID_OF)
    seems = not bases(token.lower_).isdisjoint(("appear", "seem"))
    for child in token.rights:
        if (
            child.dep_ in ("xcomp", "ccomp")
            and (said_of or seems)
            and (_is_perfect(child) or does_wrong(child))
        ):
            yield parsed.claim(token.i, child, token)
    may = [child for child in token.lefts if child.lower_ in ("may", "might", "could")]
    if may and _is_perfect(token) and does_wrong(token):
        yield parsed.claim(may[0].i, token, may[0])


def _is_perfect(verb: Token) -> bool:
    return any(child.lower_ == "have" and child.dep_ == "aux" for child in verb.lefts)


def reported(parsed: Parsed, token: Token) -> Iterator[Claim]:
    """`said the auditors ignored warnings`; the wrong alone where the source follows it."""
    for clause in _clauses(token):
        if not does_wrong(clause):
            continue
        start = token.i if clause.i > token.i else predicate_start(clause)
        yield parsed.claim(start, clause, token)


def sourced(parsed: Parsed, token: Token) -> Iterator[Claim]:
    """The wrong alone beside `according to the indictment`."""
    if token.lower_ != "according":
        return
    verb = token.head
    while verb.dep_ in ("prep", "pobj", "dobj", "advmod") and verb.head is not verb:
        verb = verb.head
    if does_wrong(verb):
        yield parsed.claim(predicate_start(verb), verb, token)


def told(parsed: Parsed, token: Token) -> Iterator[Claim]:
    """`said the guard tore up her card`: what somebody else is said to have done, in the past."""
    for clause in _clauses(token):
        subject = next((child for child in clause.lefts if child.dep_ in ("nsubj", "nsubjpass")), None)
        past = (
            clause.tag_ in ("VBD", "VBN")
            and not is_denied(clause)
            and not is_one_of(clause, "harmless_verbs")
        )
        if clause.i > token.i and past and subject is not None and subject.pos_ in ("NOUN", "PROPN"):
            yield parsed.claim(token.i, clause, token)


def _clauses(token: Token) -> Iterator[Token]:
    """What a reporting verb says."""
    if token.pos_ == "VERB" and is_one_of(token, "reporting_verbs") and not is_negated(token):
        yield from (child for child in token.children if child.dep_ == "ccomp")
