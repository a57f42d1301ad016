"""Writes the model's card from its figures.

usage: python -m training.card        after training.weigh
"""

from __future__ import annotations

import json
from typing import Any, Final

from annotator.formats.score import LABELS
from annotator.suggest.encoder.model import folder
from training.weigh import FIGURES, PIPELINE

CARD: Final = "CARD.md"
_HEAD: Final = """\
# The encoder

Marks PERSON, ORG, DATE and ALLEGATION in English news articles, by this project's guidelines, as
suggestions to a person who decides. Not made to find out who did what: a suggested allegation
says that the text claims something, not that it is so.

**Files.** `encoder.onnx` (network, 8-bit products, the head in 32 bits), `vocab.txt`,
`encoder.json` (window, weights of the evidence), `figures.json`, `NOTICE`, `LICENSE`.

**Made from** all-MiniLM-L6-v2 (6 layers of 384, uncased; Apache 2.0), with an embedding of how
words are written and one head for each label. Trained by `make train` (docs/training.md) on {learned}
articles of fiction, written for this project in the voices of European, American, South Asian,
African and Australasian papers, agencies, releases and live blogs, marked by one annotator each.
No article about real persons was used.

**Figures.** F1 in per cent, same offsets / any overlap, and actions of a reviewer for each gold
span (1.00 is perfect), by the code of `annotator score`.
"""
_BETWEEN: Final = """\
The last row but one is the network that the program has; those above are by networks that learned
from two thirds of the articles, without that set, for half as long, and so less. The rules of dates,
names and allegations were written with dev, dev_us and dev_world at hand, which flatters those rows.

**Scores.** A score is the share of such suggestions that are right as they stand, by a logistic
regression on articles that the networks had not learned from, measured on others of these:
"""
_TAIL: Final = """\
**Weak where.** ALLEGATION in kinds of text that it has not seen: boundaries, and wrongs that an
article states as fact. Organisations that are named by one common word. One annotator marked each
article, so differences of a few points mean little.
"""
_ROWS: Final = {
    "dev": "dev, network made without it",
    "dev_us": "dev_us, network made without it",
    "dev_world": "dev_world, network made without it",
    "train": "training/gold/train, likewise, a third at a time",
    "test": "**training/gold/test, never learned from**",
    PIPELINE: "*the spaCy pipeline with the rules, on training/gold/test*",
}


def main() -> None:
    """Write the card."""
    figures = json.loads((folder() / FIGURES).read_text(encoding="utf-8"))
    (folder() / CARD).write_text(card(figures), encoding="utf-8")


def card(figures: dict[str, Any]) -> str:
    """The card that tells these figures."""
    head = _HEAD.format(learned=figures["learned"])
    return "\n".join((head, _of_sets(figures), _BETWEEN, _of_scores(figures), _TAIL))


def _of_sets(figures: dict[str, Any]) -> str:
    rows = []
    for name, words in _ROWS.items():
        those = figures[name]
        shown = (f"{those[label]['strict']} / {those[label]['overlap']}" for label in LABELS)
        rows.append((f"{words} ({those['gold']} spans)", *shown, f"{those['effort']:.2f}"))
    return _table(("articles", *LABELS, "actions"), rows)


def _of_scores(figures: dict[str, Any]) -> str:
    rows = [
        (f"{one['score']:.2f}", f"{one['right']:.2f}", str(one["spans"])) for one in figures["reliability"]
    ]
    return _table(("score", "right", "spans"), rows)


def _table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    return "".join(f"| {' | '.join(row)} |\n" for row in (heads, ("---",) * len(heads), *rows))


if __name__ == "__main__":
    main()
