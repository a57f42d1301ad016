"""What kind of wrong the words of an allegation name: beginnings of words, by kind."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from annotator.domain import names

_KINDS: Final = {
    "bribery": "brib kickback backhander payoff pay-off payola sweetener graft corrupt cash envelope smooth inducement "
    "bung hush paid pay payment payments",
    "theft": "steal stole theft embezzl pocket skim siphon misappropriat larcen loot robb burgl shoplift "
    "pilfer helped-himself divert drain",
    "fraud": "fraud defraud swindl scam fak forg fictitious fictional bogus phantom inflat overstat mislead misled deceiv decepti "
    "invent invoice backdat fabricat falsif sham cook book books accounts revenue sales parked counterfeit "
    "phoney phony made-up ghost",
    "sex": "rape raped rapist sex sexual sexually grop harass molest indecen predator kiss kissed assault misconduct "
    "abus propositi fondl grab naked consent non-consensual",
    "violence": "murder kill killed killing manslaughter homicide beat beating beaten assault attack punch shov stab shot shoot "
    "taser stun tortur brutal force homicid wound strangl death deaths threaten",
    "drugs": "dop dope doping banned-substance ampoul erythropoietin steroid cocaine heroin meth drug drugs traffick blood needle "
    "booster drip substance sample positive",
    "destruction": "burn burned shred destroy destruct eras delet wip tamper alter rewrit lose lost flush bonfire hidden "
    "skip backdat",
    "silence": "cover-up cover covering coverup bury buried conceal hid hide hush suppress withhold ignor overlook blind-eye "
    "warn warned knew aware failed failure fail inaction complaint complaints",
    "pressure": "bull intimidat retaliat threat coerc blackmail extort belittl shout victimis silenc harass punish freeze froze "
    "obstruct pervert interfer witness quiet lean",
    "leak": "leak exam paper question pass passed disclos confidential secret tip insider breach copied copying file files "
    "confidence",
    "science": "plagiaris fabricat data duplicat relabell flipp figure figures image images thesis manipulat blot trial patients "
    "records",
    "labour": "child children labor labour underage wage wages overtime exploit slav trafficked minors sweatshop unpaid",
    "favour": "steer favour favor crony nepotis conflict no-bid contract contracts award awarded relatives nephew brother "
    "donor donat junket trip trips vendor visa visas tender licence license rigged rig rigging quota jobs selling sold sell",
    "lying": "perjur lied lying lie oath false misstate misrepresent untrue",
    "money": "launder tax evas evad shell offshore undeclared hawala assets disproportionate",
    "arson": "arson fire torch lit blaze lighter",
    "driving": "drunk intoxicated dwi dui drink-driving speeding hit-and-run",
    "pollution": "pollut spill dump dumped effluent poison contaminat toxic discharge leach sewage waste chemical emission "
    "river stream water fuel diesel",
    "safety": "neglig safety unsafe overload overloaded unseaworthy inspect certificate seaworthy maintenance lifejacket rotten "
    "sank defect recall",
    "match": "match-fix fix fixing betting bet spot-fixing throw cheat cheating doped ringer",
    "racism": "racis racial antisemit slur discriminat homophob sexis misogyn",
    "spying": "spy spied espionag hack hacked bugg wiretap surveil phishing",
    "vote": "vote votes voter ballot election rigging stuffing intimidation",
    "smuggling": "smuggl contraband customs siphoning bunker",
    "property": "trespass vandal encroach land eviction poach poached",
}
_BY_START: Final = {start: kind for kind, starts in _KINDS.items() for start in starts.split()}
_LONGEST: Final = max(map(len, _BY_START))
_SHORTEST: Final = 3
_STOP: Final = frozenset(
    "that with from have been were they their them this what when which while would could should about into over "
    "said says alleged alleges allegedly allegation allegations claim claims claimed accuse accused accuses accusing "
    "accusation accusations charge charged charges suspicion suspected suspect told reported reportedly report "
    "reports count counts case probe investigation inquiry against after before also than then there being more most "
    "least during under between through other another only some such company former called calls sued suing lawsuit "
    "suit complaint believed appears seems whether investigating examining arrested indicted trial because".split()
)


@cache
def kind_of(word: str) -> frozenset[str]:
    """The kinds of wrong that a folded word speaks of: of its longest known beginning."""
    found = set()
    for kind, starts in _KINDS.items():
        if any(_begins(word, start) for start in starts.split()):
            found.add(kind)
    return frozenset(found)


def _begins(word: str, start: str) -> bool:
    if len(start) <= _SHORTEST + 1:
        return word == start or word in (start + "s", start + "ed", start + "ing", start + "d")
    return word.startswith(start)


def kinds(text: str) -> frozenset[str]:
    """All kinds that the words of an allegation speak of."""
    words = re.findall(r"[a-z][a-z-]*[a-z]|[a-z]", text.casefold())
    return frozenset(kind for word in words for part in {word, *word.split("-")} for kind in kind_of(part))


def stems(text: str) -> frozenset[str]:
    """The words that tell of the wrong itself, cut to their stems."""
    return frozenset(
        _stem(word)
        for word in names.parts(text)
        if len(word) > 3 and word not in _STOP and not names.is_small(word)
    )


def _stem(word: str) -> str:
    for end in (
        "ations",
        "ation",
        "ings",
        "ing",
        "ies",
        "ied",
        "ions",
        "ion",
        "ers",
        "er",
        "ed",
        "es",
        "s",
        "y",
        "e",
    ):
        if word.endswith(end) and len(word) - len(end) >= _SHORTEST + 1:
            return word[: -len(end)]
    return word
