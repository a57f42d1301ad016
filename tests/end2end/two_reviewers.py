"""Two reviewers' records made from gold: each errs at places of their own, so that one of both is right."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

GOLD = Path(__file__).resolve().parents[1] / "gold" / "dev.jsonl"
Span = dict[str, Any]
Record = dict[str, Any]


def gold(articles: int) -> list[Record]:
    """Records of the gold file with every entity described, so that both reviewers name it alike."""
    lines = GOLD.read_text(encoding="utf-8").splitlines()[:articles]
    records = [json.loads(line) for line in lines]
    entities: dict[str, dict[str, str]] = {}
    for record in records:
        for span in record["spans"]:
            if "entity" in span:
                entities.setdefault(span["entity"], {"label": span["label"], "name": span["text"]})
    for record in records:
        named = {key for span in record["spans"] for key in _named(span)}
        record["entities"] = {key: entities[key] for key in sorted(named & entities.keys())}
        record["status"] = "done"
        for span in record["spans"]:
            span["state"] = "accepted"
    return records


def _named(span: Span) -> list[str]:
    return [
        *([span["entity"]] if "entity" in span else []),
        *span.get("accused", []),
        *span.get("accuser", []),
    ]


def two(records: Iterable[Record], seed: int, share: float = 0.25) -> tuple[list[Record], list[Record]]:
    """What two reviewers made of it: at a share of the spans one of them errs."""
    source = random.Random(seed)
    mine, theirs = deepcopy([*records]), deepcopy([*records])
    for pair in zip(mine, theirs, strict=True):
        right = deepcopy(pair[0])
        for span in right["spans"]:
            if source.random() < share:
                _err(source, source.choice(pair), span, right)
    for reviewer, made in (("ann", mine), ("ben", theirs)):
        for record in made:
            for span in record["spans"]:
                span |= {"by": reviewer, "at": "2026-11-24T01:02:03Z", "origin": "reviewer"}
    return mine, theirs


def _err(source: random.Random, record: Record, right: Span, whole: Record) -> None:
    span = next(one for one in record["spans"] if _place(one) == _place(right))
    source.choice(_ERRORS)(source, record, span, whole)


def _drop(_source: random.Random, record: Record, span: Span, _whole: Record) -> None:
    record["spans"].remove(span)


def _shift(_source: random.Random, record: Record, span: Span, whole: Record) -> None:
    """One word more or less at the end."""
    text = record["text"]
    end = span["start"] + len(span["text"].rpartition(" ")[0].rstrip()) or span["end"] - 1
    if span["start"] < end < span["end"] and (span["start"], end, span["label"]) not in map(
        _place, whole["spans"]
    ):
        span |= {"end": end, "text": text[span["start"] : end]}


def _relabel(source: random.Random, _record: Record, span: Span, _whole: Record) -> None:
    other = {"PERSON": "ORG", "ORG": "PERSON", "DATE": "ORG", "ALLEGATION": "DATE"}[span["label"]]
    for name in ("entity", "value", "mod", "accused", "accuser", "also", "marker"):
        span.pop(name, None)
    span["label"] = other


def _relink(source: random.Random, record: Record, span: Span, _whole: Record) -> None:
    others = sorted(
        key
        for key, entity in record["entities"].items()
        if entity["label"] == span["label"] and key != span.get("entity")
    )
    if others and "entity" in span:
        span["entity"] = source.choice(others)


_ERRORS: tuple[Callable[[random.Random, Record, Span, Record], None], ...] = (
    _drop,
    _shift,
    _relabel,
    _relink,
)


def _place(span: Mapping[str, Any]) -> tuple[int, int, str]:
    return span["start"], span["end"], span["label"]


def write(records: Iterable[Record], path: Path) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def essence(records: Iterable[Mapping[str, Any]]) -> list[tuple[Any, ...]]:
    """What gold is about: each span's place, its entity or calendar value, and roles."""
    found = []
    for record in records:
        for span in record["spans"]:
            roles = sorted(
                (role, entry["entity"])
                for role, entries in span.get("roles", {}).items()
                for entry in entries
            ) + sorted((role, key) for role in ("accused", "accuser") for key in span.get(role, []))
            whose = span.get("value") if span["label"] == "DATE" else span.get("entity")
            found.append((record["id"], *_place(span), whose, *roles))
    return sorted(found, key=repr)
