"""A reviewer without a window, for tests that kill one: scripted decisions, each told when it is shown.

usage: python -m tests.end2end.reviewing PROJECT SEED EDITS
Prints, for each decision at the moment when the views have heard of it, its number in the journal
and the fingerprint of the article as it then is on the screen.
"""

from __future__ import annotations

import hashlib
import random
import sys
from functools import partial
from pathlib import Path

from annotator import store
from annotator.domain.article import Article
from annotator.domain.changes import Author, Changed, ChangeSet
from annotator.domain.edits import link_edits, span_edits
from annotator.session import Session

REVIEWER = "kim"


def fingerprint(article: Article) -> str:
    """Equal where an article's spans, links and status are."""
    rows = (article.document.status, sorted(article.spans.values()), sorted(article.links.values()))
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:16]


def edit(source: random.Random, session: Session, article: Article, author: Author) -> ChangeSet:
    """Some decision that is possible in this article."""
    span = source.choice(sorted(article.spans.values()))
    label = source.choice(sorted(article.labels))
    end = source.randint(span.start + 1, min(span.end + 9, len(article.text)))
    return source.choice(
        [
            partial(span_edits.accept, article, [span.id], author),
            partial(span_edits.reject, article, [span.id], author),
            partial(span_edits.relabel, article, [span.id], label, author),
            partial(span_edits.resize, article, span.id, span.start, end, author),
            partial(span_edits.add, article, span.start, end, label, author),
            partial(span_edits.set_note, article, span.id, str(source.random()), author),
            partial(session.link_new, article, span.id, author),
            partial(link_edits.unlink, article, span.id, author),
        ]
    )()


def main(project: str, seed: str, edits: str) -> None:
    """Decide, and tell each decision once it would be painted."""
    source = random.Random(seed)
    with store.open_project(Path(project)) as opened:
        session = Session(opened, REVIEWER)
        article = session.open_first()
        assert article is not None

        def painted(changed: Changed) -> None:
            sys.stdout.write(f"{changed.journal} {fingerprint(article)}\n")
            sys.stdout.flush()

        session.changed.connect(painted)
        for _ in range(int(edits)):
            session.run(partial(edit, source, session))


if __name__ == "__main__":
    main(*sys.argv[1:])
