"""One person at one project: the open article, their decisions, and what others change meanwhile.

Every change goes the same way: an edit makes a ChangeSet, the store writes it, the article
follows, `changed` tells the views. Nothing here costs more in a large project.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from annotator.domain import names
from annotator.domain.article import Article
from annotator.domain.changes import Author, Changed, ChangeSet, Message
from annotator.domain.clock import now
from annotator.domain.dates import Moment
from annotator.domain.edits import document_edits, link_edits
from annotator.domain.models import DONE, SUGGESTED, Entity, Label, Proposal, Span
from annotator.domain.reasons import reason
from annotator.domain.verdicts import MEMORY
from annotator.errors import UserError
from annotator.link.candidates import Candidate
from annotator.session.candidates import moment, unlinked_elsewhere, who_may_be
from annotator.session.events import Event
from annotator.store import Store
from annotator.store.journal import JournalEntry
from annotator.store.reading import DocumentRow, Mention

Edit = Callable[[Article, Author], ChangeSet]

_UNDONE = ("new", "in_progress")


class Session:
    """`changed` is told after every commit, `opened` when another article (or none) is open."""

    def __init__(self, store: Store, reviewer: str) -> None:
        self.store = store
        self.reviewer = reviewer
        self.article: Article | None = None
        self.listed: Sequence[int] = ()
        """The articles of the list in its order, which going on follows; empty: the order of coming in."""
        self.changed: Event[Changed] = Event()
        self.opened: Event[Article | None] = Event()

    def close(self) -> None:
        """Let go of the project."""
        self.store.close()

    # What is shown

    def labels(self) -> list[Label]:
        return self.store.labels()

    def documents(
        self, *, statuses: Collection[str] = (), text: str = "", limit: int = -1, offset: int = 0
    ) -> list[DocumentRow]:
        """Articles of the queue, of these statuses (none: all), holding these words."""
        return self.store.documents(statuses, text, limit, offset)

    def document_count(self, *, statuses: Collection[str] = (), text: str = "") -> int:
        return self.store.document_count(statuses, text)

    def document_row(self, document: int) -> DocumentRow | None:
        return self.store.document_row(document)

    def mentions(self, entity: int, limit: int = -1) -> list[Mention]:
        return self.store.mentions(entity, limit)

    def mention_counts(self, entities: Iterable[int]) -> dict[int, tuple[int, int]]:
        return self.store.mention_counts(entities)

    def proposals(self, span: Span) -> list[Proposal]:
        """Who suggested exactly this place, and why."""
        return self.store.proposals(span.document, span.start, span.end)

    def reason(self, span: Span) -> Message | None:
        """Why something is suggested: what the memory of decisions says, else the surest that says why."""
        said = [one for one in self.proposals(span) if one.label == span.label and one.why]
        said.sort(key=lambda one: one.suggester != MEMORY)
        return reason(said[0].why or "") if span.state == SUGGESTED and said else None

    def last_decision(self) -> JournalEntry | None:
        """What an undo would take back."""
        return self.store.last_decision(self.reviewer)

    # Articles

    def open(self, document: int) -> Article:
        """Put an article on the table. UserError where it is gone."""
        self.article = self.store.article(document)
        self.opened.emit(self.article)
        return self.article

    def open_first(self) -> Article | None:
        """The first article that is not done, else the first; None in an empty project."""
        found = self.store.documents(_UNDONE, limit=1) or self.store.documents(limit=1)
        return self.open(found[0].id) if found else None

    def open_neighbour(self, step: int) -> Article | None:
        """The next (1) or previous (-1) article of the queue; None where there is none."""
        if self.article is None:
            return self.open_first()
        found = self._beside(self.article.document.id, step)
        return None if found is None else self.open(found)

    def done_and_next(self) -> Article | None:
        """Mark the article done and open the next one that is not; None where all are done."""
        document = self._open_article().document
        if document.status != DONE:
            self.run(lambda article, _: document_edits.set_status(article.document, DONE))
        found = self._next_undone(document.id)
        return None if found is None else self.open(found)

    def _next_undone(self, document: int) -> int | None:
        """The next article of the list that is not done, past its end from the beginning; else any."""
        if document in self.listed:
            at = self.listed.index(document)
            for number in (*self.listed[at + 1 :], *self.listed[:at]):
                row = self.store.document_row(number)
                if row is not None and row.status != DONE:
                    return number
        found = self.store.neighbour(document, 1, _UNDONE)
        rest = self.store.documents(_UNDONE, limit=1) if found is None else []
        return rest[0].id if rest else found

    def _beside(self, document: int, step: int) -> int | None:
        """The next (1) or previous (-1) article of the list that is still there."""
        if document not in self.listed:
            return self.store.neighbour(document, step)
        place = self.listed.index(document) + step
        while 0 <= place < len(self.listed):
            if self.store.document_row(self.listed[place]) is not None:
                return self.listed[place]
            place += step
        return None

    def remove_article(self) -> None:
        """Take the open article out of the project and open the next one, or none."""
        document = self._open_article().document
        self.run(lambda article, _: document_edits.remove(article.document))
        self._open_beside(document.id)

    def put_back(self, document: int) -> None:
        """Take an article that was removed into the lists again, and open it."""
        self.decide(document_edits.restore(self.store.document(document)))
        self.open(document)

    def _open_beside(self, document: int) -> None:
        """The article after this one, else the one before, else none."""
        for step in (1, -1):
            found = self._beside(document, step)
            if found is not None:
                self.open(found)
                return
        self.article = None
        self.opened.emit(None)

    # Decisions

    def run(self, edit: Edit) -> Changed | None:
        """Decide something in the open article; None where it would change nothing.

        UserError where the file does not take it. After "change.conflict" the article shows
        what is stored.
        """
        return self.decide(edit(self._open_article(), self.author()))

    def author(self) -> Author:
        """Who decides now."""
        return Author(self.reviewer, now())

    def decide(self, change: ChangeSet) -> Changed | None:
        """Write a decision, of one article or of several; else as `run`."""
        if not change:
            return None
        try:
            changed = self.store.apply(change, self.reviewer)
        except UserError as error:
            if error.code == "change.conflict":
                self.refresh()
            raise
        self._follow(changed)
        return changed

    def undo(self) -> Changed:
        """Take back this reviewer's newest decision, and open the article where it was made."""
        return self._stepped(self.store.undo)

    def redo(self) -> Changed:
        """Make again what was undone last."""
        return self._stepped(self.store.redo)

    def _stepped(self, step: Callable[[str], Changed]) -> Changed:
        try:
            changed = step(self.reviewer)
        except UserError:
            self.poll()  # another program may have got in between
            raise
        self._follow(changed)
        here = self.article.document.id if self.article else None
        where = changed.document
        if where is None and here not in changed.documents:  # one decision over several articles
            where = min(changed.documents, default=None)
        if where is None:
            return changed
        if self.store.document_row(where) is not None:
            if where != here:
                self.open(where)
        elif where == here:
            self._open_beside(where)
        return changed

    def _follow(self, changed: Changed) -> None:
        article = self.article
        if article is not None:
            if article.document.id in changed.documents:
                revision = article.document.revision + 1
                article.document = article.document._replace(revision=revision)
            article.apply(changed.rows)
            self._learn_entities(article, changed)
        self.changed.emit(changed)

    def _learn_entities(self, article: Article, changed: Changed) -> None:
        """Links may name entities that the article did not know."""
        for row in changed.rows:
            if row.table in ("link", "role") and row.after is not None and "entity" in row.after:
                number = int(row.after["entity"])  # type: ignore[arg-type]
                if number not in article.entities:
                    found = self.store.entity(number)
                    if found is not None:
                        article.entities[number] = found

    def _open_article(self) -> Article:
        if self.article is None:
            raise RuntimeError("no article is open")
        return self.article

    # What others change

    def poll(self) -> bool:
        """Look for commits of other programs; True where anything may have changed."""
        news = self.store.news()
        if news:
            documents = frozenset(document for one in news for document in one.documents)
            listed = any(one.listed for one in news)
            self._follow_others(Changed("foreign", (), documents, listed=listed), read=self._is_stale())
        return bool(news)

    def refresh(self) -> None:
        """Read the open article again and tell the views; its spans keep their ids."""
        self._follow_others(Changed("foreign", (), frozenset()), read=True)

    def wrote(self, documents: Collection[int]) -> None:
        """A run of this program wrote to these articles."""
        here = self.article is not None and self.article.document.id in documents
        self._follow_others(Changed("run", (), frozenset(documents)), read=here and self._is_stale())

    def _follow_others(self, changed: Changed, *, read: bool) -> None:
        """Tell what others committed; the open article is one of the changed where it is `read` again."""
        if self.article is not None:
            here = self.article.document.id
            documents = changed.documents | {here} if read else changed.documents - {here}
            changed = replace(changed, documents=documents)
            if read and not self._read_again(here):
                return
        self.changed.emit(changed)

    def _read_again(self, document: int) -> bool:
        """Whether the open article is there; else none is open."""
        try:
            self.article = self.store.article(document)
        except UserError as error:
            if error.code != "document.missing":
                raise
            self.article = None
            self.opened.emit(None)
        return self.article is not None

    def _is_stale(self) -> bool:
        """Whether the open article is another one in the file."""
        if self.article is None:
            return False
        head = self.article.document
        try:
            return self.store.document(head.id).revision != head.revision
        except UserError:
            return True

    # Links

    def candidates(self, span: Span) -> Sequence[Candidate]:
        """Who a span may be, best first."""
        return who_may_be(self.store, self._open_article(), span)

    def unlinked_elsewhere(self, span: Span, limit: int = 20) -> list[Mention]:
        """Mentions of other articles with the same words that nobody linked yet."""
        return unlinked_elsewhere(self.store, self._open_article(), span, limit)

    def moment(self, span: Span) -> Moment | None:
        """The calendar value of a date by its words, None for other labels and open dates."""
        return moment(self._open_article(), span)

    def link(self, article: Article, span: int, candidate: Candidate, author: Author) -> ChangeSet:
        """The edit that links a span to a candidate."""
        article.entities.setdefault(candidate.entity.id, candidate.entity)
        return link_edits.link(article, span, candidate.entity, author)

    def link_new(self, article: Article, span_id: int, author: Author) -> ChangeSet:
        """The edit that links a span to an entity of its own words; a date to that of its value."""
        span = article.spans[span_id]
        value = self.moment(span)
        if value is None:
            key = self.store.free_key(names.key_of(article.labels[span.label].name, span.text))
            return link_edits.link_new(article, span_id, key, author)
        known = self.store.entity_with_value(span.label, value.value)
        if known is not None:
            return self.link(article, span_id, Candidate(known, 1.0, []), author)
        key = self.store.free_key(f"date:{value.value}")
        return link_edits.link_new(article, span_id, key, author, value=value.value)

    def entity(self, entity: int) -> Entity | None:
        return self.store.entity(entity)
