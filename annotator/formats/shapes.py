"""What several formats take out of a record before they write it."""

from __future__ import annotations

from typing import Any, Final

from annotator.formats.losses import Losses

Json = dict[str, Any]

ENTITY_OF_SPANS: Final = frozenset({"label", "name", "value"})
"""Of an entity, what formats have a place for, or what its spans say as well: a date's value is lost with theirs."""


def filled(item: Json) -> Json:
    """The fields that say something: none that is empty, no flag that is not set."""
    return {
        name: value for name, value in item.items() if value is not False and value not in ("", [], {}, None)
    }


def filled_record(item: Json) -> Json:
    """A record without empty fields, its spans and entities likewise; scores are floats."""
    made = filled(item) | {"spans": [_scored(filled(span)) for span in item["spans"]]}
    if "entities" in made:
        made["entities"] = {key: _named(entity) for key, entity in made["entities"].items()}
    return made


def names_only(item: Json, lost: Losses) -> Json:
    """A record whose entities are names of what spans are linked to; whatever else is said of one is counted."""
    labels = {span.get("entity"): span["label"] for span in item["spans"]}
    kept = {}
    entities = item.get("entities", {})
    for key, entity in entities.items():
        name = entity.get("name")
        if key in labels and name:
            kept[key] = {"label": labels[key], "name": name}
        others = any(value for field, value in entity.items() if field not in ENTITY_OF_SPANS)
        lost["entities"] += others or key not in kept
    rest = {name: value for name, value in item.items() if name != "entities"}
    return rest | ({"entities": kept} if kept else {})


def trimmed(item: Json, lost: Losses) -> Json:
    """A record whose spans neither begin nor end with white space, for formats that know tokens alone."""
    text, kept, gone = item["text"], [], set()
    for span in item["spans"]:
        words = text[span["start"] : span["end"]]
        bare = words.strip()
        if not bare:
            lost["only_breaks"] += 1
            gone.add(span.get("id"))
            continue
        lost["edge_breaks"] += bare != words
        start = span["start"] + len(words) - len(words.lstrip())
        kept.append(span | {"start": start, "end": start + len(bare)})
    made = item | {"spans": kept}
    relations = [one for one in item.get("relations", ()) if not {one["from"], one["to"]} & gone]
    lost["relations"] += len(item.get("relations", ())) - len(relations)
    if "relations" in item:
        made["relations"] = relations
    return made


def _named(entity: Json) -> Json:
    """An entity without empty names."""
    return filled(entity | {"aliases": [alias for alias in entity.get("aliases", ()) if alias]})


def _scored(span: Json) -> Json:
    for scored in (span, span.get("link", {})):
        if "score" in scored:
            scored["score"] = float(scored["score"])
    return span
