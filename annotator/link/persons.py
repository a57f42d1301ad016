"""People: the full name inside the article first, then full names across articles.

A surname, first name, nickname or initials belong to a person of that name in the same article; where
two share it, what stands around it, who was named before and who the article is about decide. What
stays open there is looked for in articles of the same story, and only where one person fits.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from annotator.domain import names
from annotator.domain.linking import ArticleMentions, KnownEntity, Member, Mention
from annotator.link import around
from annotator.link.clusters import NO_ARTICLE, Cluster, Words
from annotator.link.forms import (
    FIRST,
    bare,
    fit,
    given_gender,
    halves,
    initials,
    is_diminutive,
    is_form,
    is_given,
    is_nickname,
    is_variant,
    lookups,
    person_words,
    splits,
)
from annotator.link.joined import Joined
from annotator.link.meant import Fitting, Meant, agree
from annotator.link.reasons import ALIAS, SAME_NAME, reason
from annotator.link.stories import Stories

_SAME = 0.95
_ALIAS = 0.85
_OPEN = 0.6
"""Two people of the article fit."""
_NICKNAME: Final = (0.6, FIRST)
_LONE_WORD = 0.75
"""The same single name in two articles."""
_VARIANT = 0.9
_BARE_ELSEWHERE = 0.7
"""`Smith-Jones` alone."""
_INITIAL = 0.75
"""`J. Moe` of another story may be another."""
_KNOWN_SHORT = 0.6
"""A single word that somebody gave as another name of a known person."""
_ELSEWHERE = 0.65
"""Only a part of the name stands in the article, and one person of its story has it."""
_OTHER_ARTICLE = 0.22
"""So much less sure is a part of a name in another article."""
_SEEN_AFTER = 120
_SEEN_BEFORE = 48


def in_article(article: ArticleMentions, mentions: list[Mention]) -> list[Cluster]:
    """The people of one article, from mentions of one label in reading order."""
    people = _People(article, mentions)
    named = [(mention, article.text[mention.start : mention.end]) for mention in mentions]
    worded = [(mention, text, person_words(text)) for mention, text in named]
    surnames = {words[-1] for _, _, words in worded if len(words) > 1 and " " in words[-1]}
    full = {one.span for one, _, words in worded if len(words) > 1 and " ".join(words) not in surnames}
    for mention, text, words in sorted(worded, key=_fullness):
        if mention.span in full:
            people.add_full(mention, text, words)
    for mention, text, words in worded:
        if mention.span not in full:
            people.add_short(mention, text, " ".join(words) or text)
    return people.joined_by_words()


def _fullness(one: tuple[Mention, str, Words]) -> tuple[int, bool]:
    """The fullest names first, `J. Moe` behind `Jo Moe`."""
    words = one[2]
    return -len(words), bool(words) and len(words[0]) == 1


def known(entity: KnownEntity, name: str) -> Cluster:
    """A known entity by one of its names, as if an article had it."""
    words = person_words(name) or (name,)
    return Cluster(
        entity.label, NO_ARTICLE, words, name, names.generation(name), entities=frozenset((entity.entity,))
    )


def same(clusters: list[Cluster]) -> Joined:
    """Those of one full name over the whole corpus."""
    joined = Joined(clusters)
    first: dict[object, int] = {}
    for index, one in enumerate(clusters):
        for words in (one.words, *one.also):
            if len(words) > 1:
                joined.join(first.setdefault((words, one.generation), index), index, 1.0)
    joined.join_equal(_known_short(clusters), _KNOWN_SHORT)
    return joined.settle()


def _known_short(clusters: list[Cluster]) -> list[Words | None]:
    """The single words that a known entity, and only one, is said to be called, for each cluster."""
    called: dict[Words, frozenset[int]] = {}
    for one in clusters:
        if one.document == NO_ARTICLE and len(one.words) == 1:
            called[one.words] = called.get(one.words, frozenset()) | one.entities
    return [one.words if len(called.get(one.words, ())) == 1 else None for one in clusters]


def variants(joined: Joined, stories: Stories) -> Joined:
    """Join what is written in other ways: middle names, initials, parts of a name, aliases."""
    by_word: dict[str, dict[tuple[int, Words], None]] = defaultdict(dict)
    for index, cluster in enumerate(joined.clusters):
        for words in (cluster.words, *cluster.also):
            for word in {*words, bare(words[-1]), initials(words)}:
                by_word[word][joined.find(index), words] = None
    for index, cluster in enumerate(joined.clusters):
        if joined.find(index) == index and cluster.words:
            forms = {form: None for word in cluster.words for form in by_word[word]}
            _join_variant(joined, index, forms, stories)
    return joined.settle()


def _join_variant(joined: Joined, index: int, forms: Iterable[tuple[int, Words]], stories: Stories) -> None:
    cluster = joined.clusters[index]
    fitting: dict[int, float] = {}
    for other, words in forms:
        one = joined.find(other)
        weight = _elsewhere(words, joined.clusters[other], cluster) if one != index else 0.0
        if weight and not joined.meet(one, index):
            fitting[one] = max(weight, fitting.get(one, 0.0))
    joined.join_nearest(index, fitting, stories)


def _elsewhere(words: Words, person: Cluster, cluster: Cluster) -> float:
    """How surely a cluster is a person known by these words from other articles; 0.0: not at all."""
    mine = cluster.words if words[-1] != " ".join(cluster.words) else words[-1:]
    if not agree(_gender(person), _gender(cluster)):
        return 0.0
    if len(mine) == 1:
        if len(words) == 1:
            return _LONE_WORD if words == mine else 0.0
        found = fit(words, mine[0])
        return found[0] - _OTHER_ARTICLE if found else 0.0
    if len(words) < len(mine) or not agree(person.generation, cluster.generation):
        return 0.0
    if is_form(words, mine) and not splits(person.name, mine):
        if " " not in cluster.name:
            return _BARE_ELSEWHERE
        return _VARIANT if len(mine[0]) > 1 or words[0] == mine[0] else _INITIAL
    return _ELSEWHERE if is_variant(words, mine) else 0.0


def _gender(person: Cluster) -> str | None:
    """He or she as far as it is sure; `person.gender` may lean on a pronoun."""
    return person.title or given_gender(person.words)


class _People:
    """The people of an article as they are found."""

    def __init__(self, article: ArticleMentions, mentions: list[Mention]) -> None:
        self.clusters: list[Cluster] = []
        self._article = article
        self._mentions = mentions
        self._starts = [mention.start for mention in mentions]
        self._by_word: dict[str, list[Cluster]] = defaultdict(list)
        self._of: dict[int, Cluster] = {}
        self._meant = Meant()
        self._seen_before: dict[int, str] = {}

    def add_full(self, mention: Mention, text: str, words: Words) -> None:
        """A name of several words; longer ones come before their shorter forms."""
        generation = names.generation(text)
        fitting = [
            person
            for person in self._by_word[words[-1]]
            if (is_form(person.words, words) or is_given(person.words, words))
            and not splits(person.name, words)
        ]
        before, after = self._before(mention), self._after(mention)
        fitting = (
            fitting
            or [one for one in self._by_word[words[-1]] if is_nickname(one.words, words)]
            or [
                one
                for one in self._by_word[words[0]]
                if around.is_other_name(before) and one.words[0] == words[0]
            ]
        )
        is_kin = bool(around.kin_age(before) or around.kin_age_behind(after))
        fitting = [
            one for one in fitting if self._meant.is_one(one, words, generation, mention.start, is_kin=is_kin)
        ]
        fitting = [one for one in fitting if one.words == words] or fitting
        score = _SAME if len(fitting) <= 1 else _OPEN
        person = fitting[0] if fitting else self._new(mention, text, words, generation)
        person.generation = person.generation or generation
        self._add(person, mention, Member(mention.span, score, SAME_NAME))
        self._meant.name(person, mention.start)

    def add_short(self, mention: Mention, text: str, word: str) -> None:
        """One word: a person of that surname, first name or initials."""
        words, generation = (word,), names.generation(text)
        fitting = self._fitting(words[0], mention, generation)
        other = self._other_name_of(mention) if fitting else None
        if other is not None:
            self._add(other, mention, Member(mention.span, _ALIAS, ALIAS))
        elif fitting:
            title = around.title_gender(self._before(mention))
            gender = title or self._pronoun(mention)
            person, (score, code) = self._meant.best(
                fitting, words[0], mention.start, gender, with_title=title is not None
            )
            score = score if len(fitting) == 1 and agree(person.gender, title) else _OPEN
            self._add(person, mention, Member(mention.span, score, reason(code)))
            self._meant.call(person, words, with_title=title is not None)
        else:
            title = around.title_gender(self._before(mention))
            same = [one for one in self._by_word[words[0]] if one.words == words and agree(one.title, title)]
            person = same[-1] if same else self._new(mention, text, words, None)
            self._add(person, mention, Member(mention.span, _SAME, SAME_NAME))

    def _fitting(self, word: str, mention: Mention, generation: str | None) -> Fitting:
        """Who may be called so; half of a double name only where the whole was named before."""
        full = {id(person): person for key in lookups(word) for person in self._by_word[key]}
        fitting = [
            (person, found)
            for person in full.values()
            if (len(person.words) > 1 or bare(person.words[0]) == word != person.words[0])
            and (found := fit(person.words, word))
            and (word not in halves(person.name) or person.last_before(mention.start) >= 0)
        ]
        if not fitting and not self._by_word[word]:
            fitting = [
                (person, _NICKNAME)
                for person in self.clusters
                if len(person.words) > 1 and is_diminutive(word, person.words[0])
            ]
            return fitting if len(fitting) == 1 else []
        whose = person_words(around.whose(self._after(mention)) or "")
        fitting = [
            one
            for one in fitting
            if agree(one[0].generation, generation) and not set(whose) & set(one[0].words)
        ]
        before = self._before(mention)
        title = around.title_gender(before)
        allowed = self._meant.allowed(fitting, before, generation)
        agreeing = [one for one in allowed if agree(one[0].gender, title)]
        return agreeing or self._spouse(title if fitting else None) or allowed

    def _spouse(self, title: str | None) -> Fitting:
        """Who has no surname of her own: `Mrs Berg` may be Nilufar where `his wife, Nilufar` stands."""
        nameless = [one for one in self.clusters if len(one.words) == 1 and self._meant.is_spouse(one, title)]
        return [(nameless[0], _NICKNAME)] if len(nameless) == 1 else []

    def _other_name_of(self, mention: Mention) -> Cluster | None:
        """Whose other name this is said to be: `Ada Moe (née Berg)`."""
        index = bisect_left(self._starts, mention.start)
        if not index:
            return None
        one, text = self._mentions[index - 1], self._article.text
        gap, said = text[one.end : mention.start], text[mention.start : mention.end]
        is_alias = around.is_alias(gap, said, text[mention.end : mention.end + _SEEN_AFTER])
        return self._of.get(one.span) if is_alias else None

    def joined_by_words(self) -> list[Cluster]:
        """The people, those made one of whom the article says that they are (`alias`, `née`)."""
        for one, other in pairwise(self._mentions):
            first, second = self._of[one.span], self._of[other.span]
            text = self._article.text
            gap, said = text[one.end : other.start], text[other.start : other.end]
            names_own = person_words(text[one.start : one.end]) == first.words and person_words(said) in (
                second.words,
                (),
            )
            if first is second or not names_own:
                continue
            if around.is_alias(gap, said, text[other.end : other.end + _SEEN_AFTER]):
                first.take(second, _ALIAS, ALIAS)
                self.clusters.remove(second)
                self._of.update((span, first) for span, cluster in self._of.items() if cluster is second)
        return self.clusters

    def _before(self, mention: Mention) -> str:
        """What stands before a name, with the titles that the mention begins with."""
        if mention.span in self._seen_before:
            return self._seen_before[mention.span]
        start = mention.start
        for word in self._article.text[start : mention.end].split(" ")[:-1]:
            if not names.is_title(word):
                break
            start += len(word) + 1
        before = self._article.text[max(0, start - _SEEN_BEFORE) : start]
        self._seen_before[mention.span] = before
        return before

    def _after(self, mention: Mention) -> str:
        return self._article.text[mention.end : mention.end + _SEEN_AFTER]

    def _add(self, person: Cluster, mention: Mention, member: Member) -> None:
        person.add(mention, member)
        self._of[mention.span] = person
        before = self._before(mention)
        self._meant.hear(person, mention.start, before, self._after(mention))
        kin = around.kin_gender_behind(self._after(mention))
        person.title = person.title or around.title_gender(before) or kin
        gender = self._meant.gender(person, self._pronoun(mention))
        person.gender = person.title or given_gender(person.words) or gender

    def _pronoun(self, mention: Mention) -> str | None:
        """He or she by what follows, up to where somebody else is named; nothing for `with Berg`."""
        if around.is_object(self._before(mention)):
            return None
        after = bisect_left(self._starts, mention.end)
        end = min([*self._starts[after : after + 1], mention.end + _SEEN_AFTER])
        kin = around.kin_gender_behind(self._after(mention))
        return kin or around.pronoun_gender(self._article.text[mention.end : end])

    def _new(self, mention: Mention, text: str, words: Words, generation: str | None) -> Cluster:
        person = Cluster(mention.label, self._article.document, words, text, generation)
        self.clusters.append(person)
        for word in {*words, bare(words[-1]), initials(words)}:
            self._by_word[word].append(person)
        return person
