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
from annotator.session import Session
from tests.store.deciding import decide
from tests.store.situation import Choice

REVIEWER = "kim"
ARTICLE = 1  # also when it was removed or is done


def fingerprint(article: Article) -> str:
    """Equal where an article's spans, links and status are."""
    rows = (article.document.status, sorted(article.spans.values()), sorted(article.links.values()))
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:16]


def edit(source: random.Random, session: Session, article: Article, author: Author) -> ChangeSet:
    """Some decision that is possible in this article."""
    return decide(session.store, article, author, Choice(*(source.randrange(1 << 20) for _ in range(4))))


def main(project: str, seed: str, edits: str) -> None:
    """Decide, and tell each decision once it would be painted."""
    source = random.Random(seed)
    with store.open_project(Path(project)) as opened:
        session = Session(opened, REVIEWER)
        article = session.open(ARTICLE)

        def painted(changed: Changed) -> None:
            sys.stdout.write(f"{changed.journal} {fingerprint(article)}\n")
            sys.stdout.flush()

        session.changed.connect(painted)
        for _ in range(int(edits)):
            session.run(partial(edit, source, session))


if __name__ == "__main__":
    main(*sys.argv[1:])
