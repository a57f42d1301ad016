"""What decisions say of words that are not quite the same, and of words that mean something else elsewhere."""

from __future__ import annotations

from annotator.domain.changes import Message
from annotator.domain.reasons import reason
from annotator.domain.recall import Place, Recalled, Situation, Strings, recall
from annotator.domain.verdicts import Decision, Verdicts, said

PERSON, ORG, DATE, CLAIM = range(1, 5)
LABELS = {PERSON: "PERSON", ORG: "ORG", DATE: "DATE", CLAIM: "ALLEGATION"}


def _told(text: str, decisions: dict[int, list[Decision]], *others: Place) -> dict[Place, Recalled]:
    """What the memory says of a text where others suggest these places."""
    verdicts = Verdicts(LABELS)
    for document, one in decisions.items():
        verdicts.put(document, one)
    situation = Situation(text, set(others), set(), set(), clauses={CLAIM}, names={PERSON, ORG})
    return recall(situation, verdicts, Strings(verdicts))


def _decision(text: str, label: int, *, right: bool = True) -> Decision:
    return Decision(text, label, right, None, None)


def test_words_that_grew_into_a_longer_name_are_not_refused() -> None:
    """They were a part of it there. Words that were too many are refused."""
    assert list(said("High Court in Leeds", ORG, 1, None, None, ORG, "High Court")) == [
        _decision("High Court in Leeds", ORG)
    ]
    assert list(said("High Court", ORG, 1, None, None, ORG, "High Court Monday")) == [
        _decision("High Court", ORG),
        _decision("High Court Monday", ORG, right=False),
    ]
    assert list(said("Berg", PERSON, 1, None, None, ORG, "Berg")) == [
        _decision("Berg", PERSON),
        _decision("Berg", ORG, right=False),
    ]


def test_a_date_goes_only_where_it_was_refused_three_times() -> None:
    """`Friday` of `every Friday` says little about the next one; a name goes at once."""
    text, friday, name = "He left on Friday with Nordbank.", (11, 17, DATE), (23, 31, ORG)
    for refused in range(1, 5):
        votes = [_decision("Friday", DATE, right=False), _decision("Nordbank", ORG, right=False)]
        told = _told(text, dict.fromkeys(range(refused), votes), friday, name)
        assert told.keys() == {name, friday} if refused >= 3 else {name}
        assert {one.score for one in told.values()} == {0}


def test_a_month_is_no_date_behind_a_title() -> None:
    accepted = {1: [_decision("May", DATE), _decision("Berg", PERSON)]}
    assert _told("Donors are a Mr May and a Mr Berg.", accepted).keys() == {(29, 33, PERSON)}


def test_a_full_name_tells_what_its_short_form_is() -> None:
    """With the full one as the reason, where nobody said anything of the short one."""
    full = [_decision("Anna Berg Jr.", PERSON), _decision("Nordbank plc", ORG)]
    text, berg, bank = "Mr Berg sued Nordbank.", (3, 7, PERSON), (13, 21, ORG)
    told = _told(text, {1: full})
    assert told.keys() == {berg, bank}
    why = Message("reason.short", {"name": "Anna Berg Jr.", "label": "PERSON"})
    assert reason(told[berg].why) == why
    assert _told(text, {1: [*full, _decision("Berg", PERSON, right=False)]}).keys() == {bank}
    assert _told(text, {1: full, 2: [_decision("Berg Ltd", ORG)]}).keys() == {bank}


def test_a_short_form_follows_its_full_name() -> None:
    """What was undone, or decided otherwise, is told no more; whoever asks hears which words are concerned."""
    verdicts = Verdicts(LABELS)
    assert verdicts.put(1, [_decision("Anna Berg", PERSON)]) == {"Anna Berg", "Berg"}
    assert verdicts.strings_of(1) == {"Anna Berg", "Berg"}
    assert verdicts.put(2, [_decision("Berg", ORG)]) == {"Berg"}
    right = verdicts["Berg"].right
    assert right is not None
    assert right.label == ORG
    assert verdicts.put(2, []) == {"Berg"}
    assert verdicts.put(1, []) == {"Anna Berg", "Berg"}
    assert not list(verdicts.items())
