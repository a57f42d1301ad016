"""Which organisation is meant, by small articles in which `:a` is one and `:b` another."""

from __future__ import annotations

import pytest

from annotator.session.linking import SURE
from tests.link.saying import faults, scores

ARTICLES = {
    "police": [
        "[ORG:a Leeds police] held him; [ORG:b York police] did not.",
        "[ORG:a Leeds Police] spoke.",
        "[ORG:b York Police] left.",
    ],
    "police-dept": [
        "[ORG:a Leeds Police Department] held him. [ORG:a Leeds police] left.",
        "[ORG:a Leeds police] wept.",
    ],
    "police-fed": [
        "[ORG:a Leeds Police] held him. The [ORG:b Leeds Police Federation] spoke. [ORG:a Leeds Police] left."
    ],
    "police-fed-cross": [
        "[ORG:a Leeds Police] held [PERSON:x Bo Moe].",
        "The [ORG:b Leeds Police Federation] backed [PERSON:x Bo Moe].",
    ],
    "parent-sub": [
        "[ORG:a Nordbank] fell. Its unit [ORG:b Nordbank Asset Management] rose. [ORG:a Nordbank] left. [ORG:b Nordbank Asset Management] stayed."
    ],
    "parent-sub-cross": [
        "[ORG:a Nordbank] of [PERSON:x Bo Moe] fell.",
        "[ORG:b Nordbank Asset Management], a unit of [ORG:a Nordbank], hired [PERSON:x Bo Moe].",
        "[ORG:b Nordbank Asset Management] sued [PERSON:x Bo Moe].",
    ],
    "parent-sub-cross2": [
        "[ORG:a Nordbank] of [PERSON:x Bo Moe] fell. [ORG:a Nordbank] left.",
        "[ORG:b Nordbank Asset Management] sued [PERSON:x Bo Moe].",
    ],
    "short-of-full": [
        "[ORG:a Gannet Research] fell. [ORG:a Gannet] rose.",
        "[ORG:a Gannet Research] left. [ORG:a Gannet] wept.",
    ],
    "foundation": ["[ORG:a Nordbank] fell. The [ORG:b Nordbank Foundation] rose. [ORG:a Nordbank] left."],
    "univ-press": [
        "[ORG:a Leeds University] fell. [ORG:b Leeds University Press] rose. [ORG:a University of Leeds] left."
    ],
    "mail": [
        "The [ORG:a Daily Mail] said it, the [ORG:b Mail on Sunday] did not. The [ORG:a Daily Mail] wept.",
        "The [ORG:b Mail on Sunday] left.",
        "The [ORG:a Daily Mail] left.",
    ],
    "times": [
        "The [ORG:a Times] said it; the [ORG:b Sunday Times] did not; the [ORG:c New York Times] left. The [ORG:a Times] wept."
    ],
    "times-cross": [
        "The [ORG:a New York Times] said it. The [ORG:a Times] wept.",
        "The [ORG:b Times] of London met [PERSON:x Bo Moe].",
    ],
    "ministry": [
        "The [ORG:a Ministry of Justice] met the [ORG:b Ministry of Health]. The [ORG:a Justice Ministry] left. The [ORG:b health ministry] stayed.",
        "The [ORG:a justice ministry] wept.",
    ],
    "courts": [
        "[ORG:a Leeds Crown Court] sat. [ORG:b York Crown Court] did not. [ORG:a Leeds Crown Court] rose.",
        "[ORG:b York Crown Court] left.",
    ],
    "courts-short": [
        "[ORG:a Leeds Crown Court] sat. The [ORG:a Crown Court] rose.",
        "[ORG:b York Crown Court] sat. The [ORG:b Crown Court] rose.",
    ],
    "suffix": ["[ORG:a Vestor A/S] fell.", "[ORG:a Vestor] rose.", "[ORG:a Vestor AS] left."],
    "suffix2": ["[ORG:a Kranz GmbH & Co. KG] fell.", "[ORG:a Kranz] rose."],
    "suffix3": ["[ORG:a Orbis S.A.] fell.", "[ORG:a Orbis SA] rose.", "[ORG:a Orbis] left."],
    "suffix4": ["[ORG:a Lim Brothers Sdn Bhd] fell.", "[ORG:a Lim Brothers] rose."],
    "suffix5": ["[ORG:a PT Garudo Indah Tbk] fell.", "[ORG:a Garudo Indah] rose."],
    "suffix6": [
        "[ORG:a Marten Lines Pty Ltd] fell.",
        "[ORG:a Marten Lines] rose.",
        "[ORG:a Marten Lines Pty. Ltd.] left.",
    ],
    "suffix7": ["[ORG:a Zerno OOO] fell.", "[ORG:a OOO Zerno] rose.", "[ORG:a Zerno] left."],
    "sro": ["[ORG:a Lipa s.r.o.] fell.", "[ORG:a Lipa] rose."],
    "acronym-paren": ["The [ORG:a Corrupt Practices Bureau] ([ORG:a CCB]) met. The [ORG:a CCB] left."],
    "acronym-paren2": [
        "The [ORG:a CPB] ([ORG:a Corrupt Practices Bureau]) and the [ORG:b City Planning Board] met. The [ORG:a CPB] left."
    ],
    "acronym-german": [
        "The [ORG:a Bundeskriminalamt] ([ORG:a BKA]) met. The [ORG:a BKA] left.",
        "The [ORG:a BKA] wept. The [ORG:a Bundeskriminalamt] sat.",
    ],
    "acronym-two": [
        "The [ORG:a City Police Board] sat. The [ORG:b Central Prison Bureau] ([ORG:b CPB]) met. The [ORG:b CPB] left."
    ],
    "acronym-comma": [
        "The [ORG:a Garda Síochána Ombudsman Commission], or [ORG:a GSOC], met. [ORG:a GSOC] left."
    ],
    "acronym-of": ["The [ORG:a Bank of Ostland] ([ORG:a BoO]) met. The [ORG:a BOO] left."],
    "initial-name": ["[ORG:a J.P. Morgen] fell. [ORG:a JP Morgen] rose.", "[ORG:a JPMorgen] left."],
    "amp": ["[ORG:a Marks & Spence] fell.", "[ORG:a Marks and Spence] rose."],
    "generic-same": [
        "The [ORG:a High Court] in Dublin heard [PERSON:x Bo Moe] of [ORG:c Kestrel Water].",
        "The [ORG:a High Court] freed [PERSON:x Bo Moe] of [ORG:c Kestrel Water].",
    ],
    "senate-committee": [
        "The [ORG:a Senate] met. The [ORG:b Senate Committee on Health] left. The [ORG:a Senate] rose."
    ],
    "law-firm": ["[ORG:a Deloach & Finney] sued. [ORG:a Deloach] left."],
    "club-city": [
        "[ORG:a Leeds United] beat [ORG:b Manchester United]. [ORG:a Leeds] won. [ORG:c Manchester City] lost."
    ],
    "council2": [
        "[ORG:a Leeds City Council] met. The [ORG:a City Council] left.",
        "[ORG:b York City Council] met. The [ORG:b City Council] left.",
    ],
    "us-attorney": [
        "The [ORG:a U.S. Attorney's Office in Boston] spoke; the [ORG:b Manhattan district attorney’s office] did not. The [ORG:a U.S. attorney’s office] left."
    ],
    "paper-last": [
        "The [ORG:a Wellmouth Courier] broke it on [PERSON:x Bo Moe] of [ORG:z Kestrel Water].",
        "[PERSON:x Bo Moe] of [ORG:z Kestrel Water] told the [ORG:a Courier].",
    ],
    "youth": ["[ORG:a Ajax] won. [ORG:b Jong Ajax] lost. [ORG:a Ajax] left."],
    "sub-country": [
        "[ORG:a Nordbank] fell. [ORG:b Nordbank Danmark] rose. [ORG:a Nordbank] left. [ORG:a Nordbank] wept."
    ],
    "fbi": [
        "The [ORG:a FBI] came. The [ORG:b FBI Agents Association] left. The [ORG:a Federal Bureau of Investigation] stayed."
    ],
    "hospital": [
        "[ORG:a St. Mary’s Hospital] closed. [ORG:b St. Mary’s Church] did not. [ORG:a St Mary's Hospital] left.",
        "[ORG:b St Mary’s Church] burned.",
    ],
    "lead-short-univ": [
        "Harvest paid\n[ORG:a Harvest] paid a professor $3 million in fees over seven years, files show.\n[ORG:a Harvest University] denies it."
    ],
    "lead-short-club": [
        "Fraud\n[ORG:a Leeds] were fined yesterday over illegal payments to an agent in Spain.\n[ORG:a Leeds United] deny it. [ORG:a Leeds] left."
    ],
    "dept": [
        "The [ORG:a U.S. Department of Justice] sued. The [ORG:a Justice Department] left. The [ORG:a DOJ] stayed. The [ORG:b Department of Labor] wept."
    ],
    "fbi-full": [
        "The [ORG:a Federal Bureau of Investigation] came. The [ORG:a FBI] left.",
        "The [ORG:a FBI] stayed.",
    ],
    "sec": [
        "The [ORG:a Securities and Exchange Commission] sued. The [ORG:a SEC] left.",
        "The [ORG:a S.E.C.] stayed.",
    ],
    "reuters": ["[ORG:a Thomson Reuters] fell. [ORG:a Reuters] rose."],
    "school-district": [
        "[ORG:a Juniper Flats Elementary] closed. The [ORG:b Juniper Flats Unified School District] did not."
    ],
    "party-youth": ["The [ORG:a National Reform Party] met. The [ORG:b National Reform Youth League] left."],
    "two-acr": [
        "The [ORG:a Medical Research Council] ([ORG:a MRC]) met the [ORG:b Magistrates Review Commission]. The [ORG:a MRC] left."
    ],
    "acr-story": [
        "The [ORG:a GNEB] raided [PERSON:x Bo Moe] of [ORG:z Kestrel Water].",
        "The [ORG:a Garda National Economic Bureau] raided [PERSON:x Bo Moe] of [ORG:z Kestrel Water].",
    ],
    "owner": [
        "[ORG:a Velo Castell] fell. Its owner, [ORG:b Castell Water], left. [ORG:a Velo Castell] wept."
    ],
    "owned": [
        "[ORG:a Nordbank Leasing], which is owned by [ORG:b Nordbank], fell. [ORG:a Nordbank Leasing] rose. [ORG:b Nordbank] left."
    ],
    "airport": ["[ORG:a Leeds Airport] closed. [ORG:b Leeds Airport Police] left."],
    "uk-police": [
        "[ORG:a West Yorkshire Police] came. [ORG:b North Yorkshire Police] left. [ORG:b North Yorkshire Police] wept."
    ],
    "minister-off": [
        "The [ORG:a Prime Minister’s Office] met the [ORG:b Attorney General’s Office]. The [ORG:b attorney general’s office] left."
    ],
    "msf": ["[ORG:a Médecins Sans Frontières] ([ORG:a MSF]) left. [ORG:a MSF] wept.", "[ORG:a MSF] stayed."],
    "dist-court": [
        "[ORG:a U.S. District Court for the Western District of Missouri] sat. [ORG:b U.S. District Court for the Northern District of Ohio] sat. The [ORG:a U.S. District Court for the Western District of Missouri] rose."
    ],
    "translation": ["[ORG:a Bundesbank] fell. [ORG:b Bundestag] rose."],
    "a place and its police": ["[ORG:a Arkansas State] won.", "The [ORG:b Arkansas State Police] held him."],
    "what stands alone is whole": [
        "The [ORG:a United Nations] met.",
        "The [ORG:b United Nations Environment Programme] spoke.",
    ],
    "a unit of letters": ["The [ORG:b UN High Commissioner for Refugees] spoke. The [ORG:a UN] left."],
    "international": ["[ORG:a Rights Monitor International] spoke. [ORG:a Rights Monitor] wept."],
    "circuit": [
        "Two courts differ over a law on guns.\n[ORG:a 10th Circuit] judges ruled on Monday that the law was never meant for that.\nThe [ORG:a 10th U.S. Circuit Court of Appeals] sat."
    ],
    "a star": ["[ORG:a Star Industries] fell. [ORG:a Star] rose."],
    "a foundation abroad": ["[ORG:b Stichting Torvik] paid. [ORG:a Torvik NV] did not. [ORG:a Torvik] fell."],
    "a sponsor of the name": [
        "[ORG:a Velo Castell] won. [ORG:b Castell], the bottled-water company that pays it, left."
    ],
}


@pytest.mark.parametrize("name", ARTICLES)
def test_organisations_are_told_apart(name: str) -> None:
    assert faults(*ARTICLES[name]) == []


@pytest.mark.parametrize("name", ["High Court", "Justice Department", "CPB"])
def test_a_plain_name_is_doubted_in_articles_that_share_nothing(name: str) -> None:
    here = f"The [ORG {name}] heard [PERSON Bo Moe] of [ORG Kestrel Water]."
    there = f"The [ORG {name}] heard [PERSON Al Roe] of [ORG Savanna Gold]."
    assert scores(here, there)[name] < SURE <= scores(here, here)[name]


def test_what_all_the_world_knows_is_sure_everywhere() -> None:
    assert scores("He told [ORG Reuters] of it.", "She told [ORG Reuters] of it.")["Reuters"] >= SURE
