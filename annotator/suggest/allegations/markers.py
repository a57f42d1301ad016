"""Rules for words that mark a claim by themselves: `accuse`, `allegation`, `charge`, `alleged`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Token

from annotator.lexicons import bases, terms
from annotator.suggest.allegations.clauses import Claim, Parsed, opens_with_that, predicate_start
from annotator.suggest.allegations.wrongs import (
    does_wrong,
    is_negated,
    is_one_of,
    is_wrong_adjective,
    is_wrong_noun,
    names_wrong,
)

CLAUSE = "-"
PASSIVE = "*"
_NAMING = frozenset(("call", "describe", "label", "brand", "dub", "denounce", "condemn", "deem"))
_REPLIES = frozenset(("lie", "lies", "hoax", "false", "untrue", "defamatory", "slander", "misleading"))
_BARE = frozenset(
    "victim incident act conduct behaviour behavior target culprit involvement event remark comment role "
    "perpetrator".split()
)


@cache
def _governed(lexicon: str) -> dict[str, frozenset[str]]:
    """The marking words of a lexicon and what leads from them to the wrong."""
    lines = (line.split() for line in terms(lexicon))
    return {word: frozenset(leads) for word, *leads in lines}


def _leads(token: Token, lexicon: str) -> frozenset[str]:
    table = _governed(lexicon)
    return frozenset().union(*(table[base] for base in bases(token.lower_) if base in table))


def cue_verbs(parsed: Parsed, token: Token) -> Iterator[Claim]:
    """`accused him of theft`, `alleges that he stole`, `charged with fraud`, `alleged to have lied`."""
    leads = _leads(token, "cue_verbs")
    if not leads or token.pos_ not in ("VERB", "ADJ", "NOUN") or is_negated(token):
        return
    if PASSIVE in leads and (token.tag_ != "VBN" or any(child.dep_ == "dobj" for child in token.rights)):
        return
    if CLAUSE in leads and token.pos_ == "VERB":
        for child in token.rights:
            if child.dep_ in ("ccomp", "xcomp") or (child.dep_ == "dobj" and names_wrong(child)):
                yield parsed.claim(token.i, child, token)
                yield from _further_clauses(parsed, child, token)
    preposition = _preposition(token, leads)
    if preposition is not None and not (_is_aside(parsed, preposition) or _nearer_marker(preposition)):
        yield parsed.claim(token.i, preposition, token)


def _further_clauses(parsed: Parsed, clause: Token, marker: Token) -> Iterator[Claim]:
    """The wrong alone of `..., and that the mayor took bribes`: the accused may be another."""
    for other in clause.conjuncts:
        if other.i > clause.i and opens_with_that(other):
            yield parsed.claim(predicate_start(other), other, marker)


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


def _is_aside(parsed: Parsed, preposition: Token) -> bool:
    """`sued for 3 million euros`, `investigated on 1 March`: no wrong."""
    return any(
        child.i in parsed.dates
        or child.ent_type_ in ("MONEY", "DATE", "TIME")
        or (any(left.dep_ == "nummod" for left in child.lefts) and not names_wrong(child))
        for child in preposition.children
    )


def _nearer_marker(preposition: Token) -> bool:
    """`on suspicion of`, `on charges that`, `for allegedly`: the word behind marks the claim."""
    for child in preposition.children:
        if child.dep_ in ("pobj", "pcomp"):
            marked = {child.lower_, *(left.lower_ for left in child.lefts)}
            if marked & (terms("hedges") | terms("alleged")) or _leads(child, "cue_nouns"):
                return True
    return False


def cue_nouns(parsed: Parsed, token: Token) -> Iterator[Claim]:
    """`allegations of abuse`, `claims that he lied`, `two counts of fraud`."""
    leads = _leads(token, "cue_nouns")
    if not leads or token.pos_ != "NOUN" or is_settled(token):
        return
    for child in token.rights:
        if CLAUSE in leads and child.dep_ in ("acl", "relcl", "ccomp"):
            # `that` may stand behind a clause in between: `the claim, made on Monday, that ...`
            for clause in (child, *child.rights):
                if opens_with_that(clause):
                    yield parsed.claim(token.i, clause, token)
    preposition = _preposition(token, leads)
    if preposition is not None and not _nearer_marker(preposition) and _holds_wrong(preposition):
        yield parsed.claim(token.i, preposition, token)


def _holds_wrong(token: Token) -> bool:
    return any(is_wrong_noun(one) or is_wrong_adjective(one) or does_wrong(one) for one in token.subtree)


def compounds(_parsed: Parsed, token: Token) -> Iterator[Claim]:
    """`bribery charge`, `money-laundering probe`, `sexual misconduct accusers`."""
    if token.pos_ not in ("NOUN", "PROPN") or not is_one_of(token, "claim_heads") or is_settled(token):
        return
    first = _first_of_wrong(token)
    if first is not None:
        yield Claim(first, token.i + 1, token.i)


def _first_of_wrong(head: Token) -> int | None:
    """Where the wrong begins in the words before a head, None where none of them is one."""
    first, wrong = None, False
    for token in reversed(list(head.doc[max(0, head.i - 7) : head.i])):
        hyphenated = token.text == "-" or token.doc[token.i + 1].text == "-"
        modifies = token.dep_ in ("amod", "compound", "nmod", "npadvmod") or hyphenated
        if not modifies or token.ent_type_ in ("PERSON", "ORG", "GPE", "DATE", "CARDINAL", "ORDINAL"):
            break
        if is_wrong_noun(token):
            first, wrong = token.i, True
        elif is_wrong_adjective(token):
            first = token.i
        elif wrong and (token.pos_ == "NOUN" or hyphenated) and token.text != "-":
            first = token.i  # `securities fraud charges`, `whistleblower-retaliation case`
        elif token.text != "-":
            break
    return first if wrong else None


def formal_steps(parsed: Parsed, token: Token) -> Iterator[Claim]:
    """`trial for fraud`, `investigation into the theft`, `inquiry into whether they lied`."""
    if token.pos_ != "NOUN" or not is_one_of(token, "claim_heads") or is_settled(token):
        return
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ in ("for", "over", "into", "of", "on"):
            objects = list(child.children)
            whether = any(left.lower_ == "whether" for one in objects for left in one.lefts)
            if (whether or any(_is_wrong(one) for one in objects)) and not _nearer_marker(child):
                yield parsed.claim(token.i, child, token)


def _is_wrong(token: Token) -> bool:
    return names_wrong(token) or does_wrong(token)


def naming(parsed: Parsed, token: Token) -> Iterator[Claim]:
    """`called it intimidation`, `described the deal as a bribe`; not `called it a lie`."""
    if token.pos_ != "VERB" or bases(token.lower_).isdisjoint(_NAMING) or is_negated(token):
        return
    for child in token.rights:
        named = [child] if child.dep_ in ("oprd", "ccomp", "attr") else []
        if child.dep_ == "prep" and child.lower_ == "as":
            named = list(child.children)
        if any(one.lower_ in _REPLIES for one in child.subtree):
            return
        if any(names_wrong(one) or is_wrong_adjective(one) for one in named):
            yield parsed.claim(token.i, child, token)


def adjectives(parsed: Parsed, token: Token) -> Iterator[Claim]:
    """`alleged sexual predator`, `suspected arson`; not `alleged victim`."""
    noun = token.head
    if token.lower_ not in terms("alleged") or token.dep_ != "amod" or token.i > noun.i:
        return
    if names_wrong(noun) or (token.lower_ == "alleged" and bases(noun.lower_).isdisjoint(_BARE)):
        yield parsed.claim(token.i, noun, token)


def adverbs(parsed: Parsed, token: Token) -> Iterator[Claim]:
    """`allegedly paid the agent`, `reportedly bribed`."""
    verb = token.head
    if token.lower_ not in terms("hedges") or verb.pos_ not in ("VERB", "AUX"):
        return
    if token.lower_ == "allegedly" or does_wrong(verb):
        yield parsed.claim(min(token.i, verb.i), verb, token)


def is_settled(token: Token) -> bool:
    """Is this the charge of which somebody was convicted or cleared?"""
    above = token.head
    while above.dep_ in ("prep", "pobj", "conj", "dobj") and above.head is not above:
        if is_one_of(above, "settled"):
            return True
        above = above.head
    return is_one_of(above, "settled")
