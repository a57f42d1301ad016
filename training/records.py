"""The articles that are learned from, checked against the hashes of training/inputs.json."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from training.mark import Span

ROOT: Final = Path(__file__).resolve().parent.parent
INPUTS: Final = ROOT / "training" / "inputs.json"
SETS: Final = {
    "dev": ROOT / "tests/gold/dev.jsonl",
    "dev_us": ROOT / "tests/gold/dev_us.jsonl",
    "dev_world": ROOT / "tests/gold/dev_world.jsonl",
    "train": ROOT / "training/gold/train.jsonl",
    "test": ROOT / "training/gold/test.jsonl",
}
WORK: Final = ROOT / "build" / "training"
WINDOW: Final = 320
OVERLAP: Final = 64
"""How long texts are cut, in pieces."""
FOLDS: Final = ("dev", "dev_us", "dev_world")
LEARNED: Final = (*FOLDS, "train")
"""Sets that may be trained on; `test` never is."""


class InputError(Exception):
    """A file is not the one that the recorded hash was taken of."""


def said_of(fold: str) -> Path:
    """Where it is kept what the network of a fold says of what is held out."""
    return WORK / f"said_{fold}.npz"


@dataclass(frozen=True)
class Gold:
    """An article with its spans; `optional` places count neither for nor against."""

    name: str
    text: str
    spans: tuple[Span, ...]
    optional: tuple[Span, ...] = ()


def articles(name: str) -> list[Gold]:
    """The articles of a set."""
    lines = (json.loads(line) for line in SETS[name].read_text(encoding="utf-8").splitlines())
    return [_gold(line) for line in lines if "text" in line]


def held_out(fold: str) -> list[Gold]:
    """The set that a fold is tested on, and its third of the articles written for training."""
    return articles(fold) + articles("train")[FOLDS.index(fold) :: len(FOLDS)]


def learned(fold: str | None) -> list[Gold]:
    """What is trained on in a fold; all that may be where there is none."""
    out = {article.name for article in held_out(fold)} if fold else set()
    return [article for name in LEARNED for article in articles(name) if article.name not in out]


def _gold(line: dict[str, Any]) -> Gold:
    return Gold(line["id"], line["text"], _spans(line["spans"]), _spans(line.get("optional", ())))


def _spans(spans: Any) -> tuple[Span, ...]:
    return tuple(Span(span["start"], span["end"], span["label"]) for span in spans)


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check(path: Path, expected: str) -> Path:
    """The path, where the file has the expected hash; InputError otherwise."""
    found = digest(path)
    if found != expected:
        raise InputError(f"{path.name} has the hash {found}, expected {expected}")
    return path


def main() -> None:
    """Record the hashes of the sets as they are now: what the next training is to be made of."""
    inputs = json.loads(INPUTS.read_text(encoding="utf-8"))
    inputs["gold"] = {name: digest(path) for name, path in SETS.items()}
    INPUTS.write_text(json.dumps(inputs, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
