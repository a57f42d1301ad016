"""Who of several people is meant, by small articles in which `:a` is one and `:b` another."""

from __future__ import annotations

import pytest

from tests.link.saying import faults

ARTICLES = {
    "siblings-first": [
        "[PERSON:a Anna Holm] and her brother [PERSON:b Per Holm] ran it. [PERSON:a Anna Holm] was fined. [PERSON:b Per Holm] was not. Ms [PERSON:a Holm] wept."
    ],
    "couple": [
        "[PERSON:a Karl Lund] and his wife, [PERSON:b Marta Lund], were charged. Mrs [PERSON:b Lund] denied it. Mr [PERSON:a Lund] did not. [PERSON:a Karl] left, [PERSON:b Marta] stayed."
    ],
    "trump-jr": [
        "[PERSON:a Donald Stone] spoke. His son [PERSON:b Donald Stone Jr.] left. [PERSON:a Donald Stone] paid. [PERSON:b Stone Jr.] did not pay."
    ],
    "trump-jr-order": [
        "[PERSON:b Donald Stone Jr.] spoke. His father, [PERSON:a Donald Stone], left. [PERSON:b Stone Jr.] wept."
    ],
    "jr-short-same": ["[PERSON:a Cyrus Vane Jr.] spoke. [PERSON:a Vane] left. [PERSON:a Cyrus Vane] wept."],
    "jr-cross": [
        "[PERSON:a Donald Stone] spoke. His son [PERSON:b Donald Stone Jr.] left.",
        "[PERSON:a Donald Stone] won.",
        "[PERSON:b Donald Stone Jr.] lost.",
    ],
    "sr-jr-surname": [
        "[PERSON:a Xan Moe Sr.] and [PERSON:b Xan Moe Jr.] left. [PERSON:b Moe Jr.] wept. [PERSON:a Moe Sr.] did not."
    ],
    "elder-age": [
        "[PERSON:a Ian Moe], 64, and [PERSON:b Rob Moe], 31, were held. The younger [PERSON:b Moe] wept; the elder [PERSON:a Moe] did not."
    ],
    "elder-kin-behind": [
        "[PERSON:a Ian Moe] ran it. [PERSON:b Rob Moe], his son, kept the books. The younger [PERSON:b Moe] wept."
    ],
    "elder-possessive": [
        "[PERSON:a Ian Moe]'s son [PERSON:b Rob Moe] kept the books. The elder [PERSON:a Moe] wept. The younger [PERSON:b Moe] did not."
    ],
    "maiden": [
        "[PERSON:a Ada Berg] (née [PERSON:a Holm]) spoke. [PERSON:b Bo Berg] left. Mrs [PERSON:a Berg] wept."
    ],
    "married-name": [
        "[PERSON:a Ada Tessier], who was once married to [PERSON:b Carl Dumont] and ran a shop under her married name, [PERSON:a Ada Dumont], spoke. [PERSON:b Dumont] left."
    ],
    "nee-surname-only": ["[PERSON:a Eva Dahl] (born [PERSON:a Eva Krog]) left."],
    "hyphen-name": [
        "[PERSON:a Anna Smith-Jones] met [PERSON:b Bob Jones]. [PERSON:b Jones] left. [PERSON:a Smith-Jones] stayed."
    ],
    "hyphen-half-husband": [
        "[PERSON:a Anna Berg-Lund] and her husband [PERSON:b Per Lund] left. [PERSON:b Lund] wept, [PERSON:a Berg-Lund] did not."
    ],
    "hyphen-given": [
        "[PERSON:a Jean-Luc Moreau] met [PERSON:b Jean Moreau]. [PERSON:b Jean Moreau] left. [PERSON:a Jean-Luc] stayed."
    ],
    "hyphen-given-cross": [
        "[PERSON:a Jean-Luc Moreau] of [ORG:c Kestrel Water] met the press.",
        "[PERSON:b Jean Moreau] of [ORG:c Kestrel Water] left.",
        "[PERSON:a Jean-Luc Moreau] and [PERSON:b Jean Moreau] met at [ORG:c Kestrel Water].",
    ],
    "korean": [
        "[PERSON:a Kim Jong-un] met [PERSON:b Moon Jae-in]. [PERSON:a Kim] left. Mr [PERSON:b Moon] stayed.",
        "[PERSON:a KIM JONG UN] spoke.",
        "[PERSON:b Moon Jae In] spoke.",
    ],
    "korean-siblings": [
        "[PERSON:a Kim Jong-un] and his sister [PERSON:b Kim Yo-jong] came. Ms [PERSON:b Kim] spoke. Mr [PERSON:a Kim] did not."
    ],
    "particle-dutch": [
        "[PERSON:a Kees van der Berg] met [PERSON:b Jan Berg]. [PERSON:a Van der Berg] left. [PERSON:b Berg] stayed."
    ],
    "particle-no-story": [
        "[PERSON:a Kees van der Berg] of [ORG:c Kestrel Water] left.",
        "In sport, [PERSON:b Van der Berg] scored for [ORG:d Ajax].",
    ],
    "al-variants": [
        "[PERSON:a Omar al-Bashir] left.",
        "[PERSON:a Omar Al Bashir] left.",
        "[PERSON:a Omar el-Bashir] left.",
    ],
    "nick-table": [
        "[PERSON:a Edward Moe] ran [ORG:c Kestrel Water]. [PERSON:a Ted] wept.",
        "[PERSON:a Ted Moe] left [ORG:c Kestrel Water].",
    ],
    "nick-steve": [
        "[PERSON:a Stephen Moe] ran [ORG:c Kestrel Water].",
        "[PERSON:a Steve Moe] left [ORG:c Kestrel Water].",
    ],
    "nick-kate": [
        "[PERSON:a Catherine Moe] ran [ORG:c Kestrel Water].",
        "[PERSON:a Kate Moe] left [ORG:c Kestrel Water].",
    ],
    "nick-harry": [
        "[PERSON:a Harold Moe] ran [ORG:c Kestrel Water].",
        "[PERSON:a Harry Moe] left [ORG:c Kestrel Water].",
    ],
    "paul-paula": [
        "[PERSON:a Paul Moe] and [PERSON:b Paula Moe] ran [ORG:c Kestrel Water].",
        "[PERSON:a Paul Moe] left [ORG:c Kestrel Water].",
        "[PERSON:b Paula Moe] left [ORG:c Kestrel Water].",
    ],
    "paul-paula-split": [
        "[PERSON:a Paul Moe] ran [ORG:c Kestrel Water].",
        "[PERSON:b Paula Moe] left [ORG:c Kestrel Water].",
    ],
    "maria-marc": [
        "[PERSON:a Marc Moe] ran [ORG:c Kestrel Water].",
        "[PERSON:b Maria Moe] left [ORG:c Kestrel Water].",
    ],
    "dan-danielle": [
        "[PERSON:a Daniel Moe] ran [ORG:c Kestrel Water]. He left.",
        "[PERSON:b Danielle Moe] left [ORG:c Kestrel Water]. She wept.",
    ],
    "initial-two": [
        "[PERSON:a Joanna Pike] and [PERSON:b Robert Pike] of [ORG:c Kestrel Water] left. [PERSON:b R. Pike] signed."
    ],
    "middle-two": [
        "[PERSON:a George W. Bosk] and [PERSON:b George H. W. Bosk] met.",
        "[PERSON:a George W. Bosk] won.",
        "[PERSON:b George H.W. Bosk] lost.",
    ],
    "caps-headline-two": [
        "[PERSON:a ANNA BERG] HELD\n[PERSON:a Anna Berg] was held. Her brother [PERSON:b Carl Berg] was not. [PERSON:a Berg] denied it. She wept."
    ],
    "titles-inside": [
        "[PERSON:a Det. Sgt. Ann Berg] spoke. [PERSON:a Berg] left.",
        "[PERSON:a Detective Sergeant Ann Berg] won.",
        "[PERSON:a Ann Berg] left.",
    ],
    "prof-dr": [
        "[PERSON:a Prof. Dr. Uwe Kranz] spoke.",
        "[PERSON:a Uwe Kranz] left.",
        "[PERSON:a Prof Kranz] met [PERSON:a Uwe Kranz].",
    ],
    "mr-mrs": ["[PERSON:a Karl Lund] left. Mrs [PERSON:b Lund] wept. She was ill. Mr [PERSON:a Lund] paid."],
    "victim-family": [
        "[PERSON:a Deshawn Lyle] died in jail. His mother, [PERSON:b Renita Lyle], sued. [PERSON:b Renita Lyle] said [PERSON:a Lyle] was beaten. The tape was erased a day after [PERSON:a Lyle] died."
    ],
    "title-same": [
        "Senator [PERSON:a Ann Berg] met Sheriff [PERSON:b Carl Berg]. Sheriff [PERSON:b Berg] left. Senator [PERSON:a Berg] stayed."
    ],
    "title-same2": [
        "Det. Sgt. [PERSON:a Ann Berg] met Prof. [PERSON:b Carl Berg]. Prof. [PERSON:b Berg] left. Det. Sgt. [PERSON:a Berg] stayed."
    ],
    "first-is-surname": [
        "[PERSON:a Grant Moe] met [PERSON:b Hugh Grant]. [PERSON:b Grant] left. [PERSON:a Moe] stayed."
    ],
    "spanish": [
        "[PERSON:a Maria Garcia Lopez] met [PERSON:b Juan Lopez]. [PERSON:a Garcia] left. [PERSON:b Lopez] stayed."
    ],
    "patronymic": [
        "[PERSON:a Ivan Petrovich Sidorov] left. [PERSON:a Ivan Petrovich] wept. [PERSON:a Sidorov] paid."
    ],
    "royal": [
        "[PERSON:a King Charles III] met [PERSON:b Prince William]. [PERSON:a Charles] left. [PERSON:b William] stayed."
    ],
    "pope": ["[PERSON:a Pope Francis] met [PERSON:b Francis Moe]. [PERSON:b Moe] left."],
    "lawyer-same": [
        "[PERSON:a Bo Holm] is charged, said his lawyer, [PERSON:b Ada Holm], who is no relation. [PERSON:a Holm] denies it. Ms [PERSON:b Holm] spoke."
    ],
    "similar-surnames": [
        "[PERSON:a Anna Berg] met [PERSON:b Anna Berger]. [PERSON:b Berger] left. [PERSON:a Berg] paid."
    ],
    "cousins-cross": [
        "[PERSON:a Anna Berg] and [PERSON:b Anne Berg] ran [ORG:c Kestrel Water].",
        "[PERSON:a Anna Berg] left [ORG:c Kestrel Water].",
        "[PERSON:b Anne Berg] left [ORG:c Kestrel Water].",
    ],
    "byline": [
        "By [PERSON:a Anna Berg]\nThe banker [PERSON:b Carl Berg] was held. [PERSON:b Berg] denied it. [PERSON:b Berg] left."
    ],
    "byline-cross": [
        "By [PERSON:a Anna Berg]\n[ORG:z Kestrel Water] fell.",
        "[PERSON:b Berg] left [ORG:z Kestrel Water], said [PERSON:b Carl Berg].",
    ],
    "reuters-kin": [
        "[PERSON:a Anna Berg] left Oslo, [ORG:r Reuters] said.",
        "[PERSON:b Berg] scored twice in Rome, [ORG:r Reuters] said.",
    ],
    "headline-first": [
        "[PERSON:a Berg] held over fraud\n[PERSON:a Anna Berg] was held in Oslo. Her brother, [PERSON:b Carl Berg], left."
    ],
    "lula": [
        "[PERSON:a Luiz Inácio Lula da Silva] met [PERSON:b Marina Silva]. [PERSON:a Lula] left. [PERSON:a Da Silva] wept. [PERSON:b Silva] left."
    ],
    "bin-salman": [
        "[PERSON:a Mohammed bin Salman] met [PERSON:b King Salman]. Prince [PERSON:a Mohammed] left. [PERSON:a bin Salman] wept."
    ],
    "mr-mrs-only": [
        "Mr [PERSON:a Berg] was held. Mrs [PERSON:b Berg] was not. Mr [PERSON:a Berg] wept. She left. Mrs [PERSON:b Berg] followed."
    ],
    "lord-lady2": [
        "Lord [PERSON:a Berg] left. Lady [PERSON:b Berg] wept. Lord [PERSON:a Berg] paid. Lady [PERSON:b Berg] left."
    ],
    "mr-mrs-cross": [
        "Mr [PERSON:a Berg] of [ORG:z Kestrel Water] was held.",
        "Mrs [PERSON:b Berg] of [ORG:z Kestrel Water] was held.",
    ],
    "wife-first": [
        "[PERSON:a Karl Lund] left. His wife [PERSON:b Eva] wept. [PERSON:b Eva] stayed. Mrs [PERSON:b Lund] paid."
    ],
    "chinese-shared": [
        "[PERSON:a Wang Wei] met [PERSON:b Wang Yong]. [PERSON:a Wang Wei] left. [PERSON:b Wang Yong] stayed.",
        "[PERSON:b Wang Yong] won.",
    ],
    "rao-two": [
        "[PERSON:a K. Chandra Rao] met [PERSON:b P. Venkat Rao]. [PERSON:a Chandra Rao] left. [PERSON:b Venkat Rao] stayed."
    ],
    "ray": ["[PERSON:a Raymond Colt] said it. “[PERSON:a Ray Colt] never lied,” said [PERSON:b Ann Colt]."],
    "le-pen": [
        "[PERSON:a Marine Le Penn] spoke of [PERSON:b Jean-Marie Le Penn], her father. [PERSON:a Marine] left. [PERSON:b Jean-Marie] stayed. Ms [PERSON:a Le Penn] wept."
    ],
    "mohamed-spell": [
        "[PERSON:a Mohammed Salim] ran [ORG:z Kestrel Water].",
        "[PERSON:a Mohamed Salim] left [ORG:z Kestrel Water].",
    ],
    "sean-shaun": [
        "[PERSON:a Siân Moe] ran [ORG:z Kestrel Water].",
        "[PERSON:b Sean Moe] left [ORG:z Kestrel Water].",
    ],
    "widow": [
        "[PERSON:a Karl Lund] died. His widow, [PERSON:b Eva Lund], sued. Mrs [PERSON:b Lund] said [PERSON:a Lund] was beaten by police."
    ],
    "sen-rep": [
        "Sen. [PERSON:a Ann Berg] met Rep. [PERSON:b Carl Berg]. Rep. [PERSON:b Berg] left. Sen. [PERSON:a Berg] stayed. Sen. [PERSON:a Berg] wept."
    ],
    "comma": [
        "[PERSON:a Berg, Anna] – fined. [PERSON:b Berg, Carl] – freed.",
        "[PERSON:a Anna Berg] paid. [PERSON:b Carl Berg] left.",
    ],
    "nickname in quotes": [
        "[PERSON:a Anthony “Tony” Russo] was held. “[PERSON:a Tony] is innocent,” said [PERSON:b Gina Russo], his wife. [PERSON:a Russo] was freed."
    ],
    "a daughter is no Mrs": [
        "[PERSON:a John Dunne] had a daughter, [PERSON:b Kate]. Mrs [PERSON:c Dunne] survives him."
    ],
    "son with a middle name": [
        "[PERSON:a George Walk] met his father, [PERSON:b George H. W. Walk]. [PERSON:a George Walk] left."
    ],
    "father-son-firm": [
        "[PERSON:a Robert Kane Sr.] built it. His son, [PERSON:b Robert Kane Jr.], took over. [PERSON:b Kane Jr.] denies it. The elder [PERSON:a Kane] died. [PERSON:b Robert Jr.] was held."
    ],
    "an initial in another story": ["[PERSON:a T Oakes] scored.", "[PERSON:b Terrell Oakes] was held."],
    "initials of double names": [
        "[PERSON:a Magnus Reyes-Lund] won. [PERSON:a M Reyes-Lund] paid. Ms [PERSON:b J Sung] v Holm: [PERSON:b Jiwoo Sung] won."
    ],
    "surname first": [
        "[PERSON:a Urushi, K.] and [PERSON:b Goyen, P.] wrote. [PERSON:a Kenji Urushi] and [PERSON:b Pilar Goyen] left."
    ],
    "particle and hyphen": ["[PERSON:a Caoimhín de Búrca-Quill] left. [PERSON:a de Búrca-Quill] wept."],
}


@pytest.mark.parametrize("name", ARTICLES)
def test_people_are_told_apart(name: str) -> None:
    assert faults(*ARTICLES[name]) == []
