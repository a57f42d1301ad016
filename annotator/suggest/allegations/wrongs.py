"""Which words name a wrong, a claim or a settled matter, whatever form they stand in."""

from __future__ import annotations

from spacy.tokens import Token

from annotator.lexicons import bases, terms

_LIGHT = frozenset(
    "commit take pay receive demand accept engage involve make made do did done conduct "
    "participate run offer solicit carry took paid ran send sent give gave given".split()
)


def is_one_of(token: Token, lexicon: str) -> bool:
    """Does the word or its base form stand in this lexicon?"""
    return not terms(lexicon).isdisjoint(bases(token.lower_))


def is_wrong_noun(token: Token) -> bool:
    """A noun that names a wrong or a wrongdoer (`bribery`, `predator`), or a gerund (`stealing`)."""
    if token.pos_ in ("NOUN", "PROPN"):
        return is_one_of(token, "wrong_nouns") or (
            token.lower_.endswith("ing") and is_one_of(token, "wrong_verbs")
        )
    return token.pos_ == "VERB" and token.lower_.endswith("ing") and is_one_of(token, "wrong_verbs")


def is_wrong_adjective(token: Token) -> bool:
    """`fraudulent`, `sexual`: makes a wrong of what follows."""
    return is_one_of(token, "wrong_adjectives")


def names_wrong(token: Token) -> bool:
    """A noun that is a wrong, by itself or by the words before it (`sexual predator`, `false invoices`)."""
    if is_wrong_noun(token):
        return True
    before = (child for child in token.lefts if child.dep_ in ("amod", "compound", "nmod"))
    return any(is_wrong_adjective(child) or is_wrong_noun(child) for child in before)


def does_wrong(verb: Token) -> bool:
    """Is what this predicate says a wrong: by the verb, its object or what somebody is said to be?"""
    if verb.pos_ not in ("VERB", "AUX") or is_denied(verb):
        return False
    if is_one_of(verb, "wrong_verbs"):
        return True
    objects = [child for child in verb.rights if child.dep_ in ("dobj", "attr", "acomp", "oprd")]
    if verb.lower_ in _LIGHT or not bases(verb.lower_).isdisjoint(_LIGHT):
        objects += [
            noun
            for child in verb.rights
            if child.dep_ == "prep"
            for noun in child.children
            if noun.dep_ == "pobj"
        ]
    elif verb.pos_ != "AUX":
        objects = [one for one in objects if one.dep_ == "dobj"]
    if any(names_wrong(one) or is_wrong_adjective(one) for one in objects):
        return True
    return any(
        does_wrong(child) for child in verb.rights if child.dep_ in ("xcomp", "conj") and child.pos_ == "VERB"
    )


def is_negated(token: Token) -> bool:
    """`did not accuse`."""
    return any(child.dep_ == "neg" for child in token.children)


def is_denied(verb: Token) -> bool:
    """`never fabricated`, `did not know`, `would pay`, `if he paid`: nothing is claimed to be done."""
    if any(one.lower_ == "no" for child in verb.lefts if child.dep_ == "nsubjpass" for one in child.lefts):
        return True  # `no arrest was made`
    return any(
        child.dep_ == "neg"
        or child.lower_ in ("never", "no", "nothing", "none", "neither", "will", "would", "should", "if")
        for child in verb.children
        if child.dep_ in ("neg", "aux", "mark", "advmod", "dobj", "det")
    )
