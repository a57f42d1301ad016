"""People: the full name inside the article first, then full names across articles.

A surname, first name or initials belong to the person of that name in the same article; two
people who share it are told apart by who was named last. Only what stays open there is looked
for elsewhere, and only where one person of the corpus fits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from annotator.domain import names
from annotator.domain.changes import Message
from annotator.domain.linking import ArticleMentions, KnownEntity, Member, Mention
from annotator.link.clusters import Cluster, Joined, Words

_SAME = 0.95
_OPEN = 0.6
"""Two people of the article fit, the one named last is taken."""
_VARIANT = 0.9
_ELSEWHERE = 0.65
"""Only the surname stands in the article, and one person of the corpus has it."""


def in_article(article: ArticleMentions, mentions: list[Mention]) -> list[Cluster]:
    """The people of one article, from mentions of one label in reading order."""
    people = _People(article.document)
    named = [(mention, article.text[mention.start : mention.end]) for mention in mentions]
    for mention, text in sorted(named, key=lambda one: -len(person_words(one[1]))):
        if len(person_words(text)) > 1:
            people.add_full(mention, text)
    people.fix_full()
    for mention, text in named:
        if len(person_words(text)) <= 1:
            people.add_short(mention, text)
    return people.clusters


def known(entity: KnownEntity, name: str) -> Cluster:
    """A known entity by one of its names, as if an article had it."""
    return Cluster(
        entity.label, 0, person_words(name) or (name,), name, names.generation(name), entities={entity.entity}
    )


def across(clusters: list[Cluster]) -> Joined:
    """The people of the whole corpus."""
    joined = Joined(clusters)
    joined.join_equal(((cluster.words, cluster.generation) for cluster in clusters), 1.0)
    by_word: dict[str, list[int]] = defaultdict(list)
    for index, cluster in enumerate(clusters):
        if joined.find(index) == index and len(cluster.words) > 1:
            for word in set(cluster.words):
                by_word[word].append(index)
    for index, cluster in enumerate(clusters):
        if joined.find(index) == index:
            _join_variant(joined, index, by_word[cluster.words[-1]] if cluster.words else ())
    return joined.settle()


def person_words(text: str) -> Words:
    """The words of a person's name, loose initials together: `K. R. Vasanthan` is `K.R. Vasanthan`."""
    words: list[str] = []
    for word in names.person_parts(text):
        if words and len(word) == 1 and len(words[-1]) <= 2 and word.isalpha() and _is_initials(words[-1]):
            words[-1] += word
        else:
            words.append(word)
    return tuple(words)


class _People:
    """The people of an article as they are found."""

    def __init__(self, document: int) -> None:
        self.clusters: list[Cluster] = []
        self._document = document
        self._by_word: dict[str, list[Cluster]] = defaultdict(list)
        self._full: list[Cluster] = []

    def add_full(self, mention: Mention, text: str) -> None:
        """A name of several words; longer ones come before their shorter forms."""
        words, generation = person_words(text), names.generation(text)
        fitting = [
            person
            for person in self._by_word[words[-1]]
            if is_same(person.words, words) and _agree(person.generation, generation)
        ]
        score = _SAME if len(fitting) <= 1 else _OPEN
        person = fitting[0] if fitting else self._new(mention, text, words, generation)
        person.generation = person.generation or generation
        person.add(mention, Member(mention.span, score, Message("candidate.same_name")))

    def fix_full(self) -> None:
        """From here on, names of one word come: they lean on what is there."""
        self._full = list(self.clusters)

    def add_short(self, mention: Mention, text: str) -> None:
        """One word: the person of that surname, first name or initials, the latest of several."""
        words = person_words(text) or (text,)
        for fits, score, code in _WAYS:
            fitting = [person for person in self._known(words[0], fits) if fits(person.words, words[0])]
            if fitting:
                person = max(fitting, key=lambda one: one.last_before(mention.start))
                sure = score if len(fitting) == 1 else _OPEN
                person.add(mention, Member(mention.span, sure, Message(code)))
                return
        same = [person for person in self._by_word[words[0]] if person.words == words]
        person = same[0] if same else self._new(mention, text, words, None)
        person.add(mention, Member(mention.span, _SAME, Message("candidate.same_name")))

    def _known(self, word: str, fits: _Fits) -> Iterable[Cluster]:
        known = self._full if fits is _has_initials else self._by_word[word]
        return (person for person in known if len(person.words) > 1)

    def _new(self, mention: Mention, text: str, words: Words, generation: str | None) -> Cluster:
        person = Cluster(mention.label, self._document, words, text, generation)
        self.clusters.append(person)
        for word in set(words):
            self._by_word[word].append(person)
        return person


def is_same(longer: Words, shorter: Words) -> bool:
    """Whether a full name is a form of another: middle names left out, first names as initials."""
    if set(longer) == set(shorter):
        return True
    if longer[-1] != shorter[-1]:
        return False
    given, short = longer[:-1], shorter[:-1]
    if len(short) == 1 and _is_initials(short[0]):
        initials = "".join(word[0] for word in given)
        return initials.startswith(short[0]) or short[0].startswith(initials)
    rest = iter(given)
    return all(
        word in rest or (len(word) == 1 and any(other[0] == word for other in given)) for word in short
    )


def _join_variant(joined: Joined, index: int, others: Iterable[int]) -> None:
    """Attach a cluster to the one person of the corpus that it may be."""
    cluster = joined.clusters[index]
    weight = _ELSEWHERE if len(cluster.words) == 1 else _VARIANT
    joined.join_only(index, [(other, weight) for other in others if _may_be(joined.clusters[other], cluster)])


def _may_be(person: Cluster, cluster: Cluster) -> bool:
    if len(cluster.words) == 1:
        return _has_surname(person.words, cluster.words[0])
    if len(person.words) < len(cluster.words) or not _agree(person.generation, cluster.generation):
        return False
    return is_same(person.words, cluster.words)


def _agree(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _is_initials(word: str) -> bool:
    return len(word) <= 2 and word.isalpha()


def _has_surname(person: Words, word: str) -> bool:
    return person[-1] == word


def _has_first(person: Words, word: str) -> bool:
    return person[0] == word


def _has_middle(person: Words, word: str) -> bool:
    return word in person


def _has_initials(person: Words, word: str) -> bool:
    return len(word) > 1 and "".join(part[0] for part in person) == word


_Fits = Callable[[Words, str], bool]
_WAYS: tuple[tuple[_Fits, float, str], ...] = (
    (_has_surname, 0.92, "candidate.same_surname"),
    (_has_first, 0.85, "candidate.same_first"),
    (_has_middle, 0.8, "candidate.same_first"),
    (_has_initials, 0.75, "candidate.initials"),
)
