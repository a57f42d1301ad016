"""Taking a label out that is in use, over all articles, as one step."""

from __future__ import annotations

from collections.abc import Callable

from annotator.domain.changes import Author, Changed, ChangeSet, Message
from annotator.domain.clock import now
from annotator.domain.edits import label_removal
from annotator.domain.edits.bulk import together
from annotator.domain.models import Label
from annotator.errors import UserError
from annotator.store import Store

Progress = Callable[[int, int], None]


def removal(
    store: Store, label: Label, to: Label | None, author: Author, progress: Progress | None = None
) -> ChangeSet:
    """Give all that has the label another one (`to`), or take it out. UserError where another layer has it."""
    use = store.label_use(label.id)
    if use.elsewhere:
        raise UserError("label.in_layers", name=label.name, count=use.elsewhere)
    changes = []
    for done, document in enumerate(use.documents):
        if progress is not None:
            progress(done, len(use.documents))
        article, proposals = store.article(document), store.all_proposals(document)
        changes.append(
            label_removal.hand_over(article, proposals, label.id, to.id, author)
            if to is not None
            else label_removal.take_out(article, proposals, label.id, author)
        )
    gone = {(row.table, row.id) for change in changes for row in change.rows if row.after is None}
    wholes = [store.whole(number) for number in use.entities]
    types = [one for one in store.relation_types() if label.id in (one.from_label, one.to_label)]
    changes.append(label_removal.about(label, to, wholes, types, use.settled, gone))
    if not use.spans:
        return together(Message("label.deleted", {"name": label.name}), changes)
    if to is None:
        return together(Message("label.taken_out", {"name": label.name, "count": use.spans}), changes)
    title = Message("label.handed_over", {"name": label.name, "to": to.name, "count": use.spans})
    return together(title, changes)


def remove_apart(
    store: Store, label: Label, to: Label | None, reviewer: str, progress: Progress | None = None
) -> Changed:
    """The same written at once, without a session."""
    return store.apply(removal(store, label, to, Author(reviewer, now()), progress), reviewer)
