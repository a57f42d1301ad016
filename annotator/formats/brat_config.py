"""The configuration that brat needs beside its files: which types there are, how they look."""

from __future__ import annotations

from annotator.domain.colors import label_hex
from annotator.domain.dates.values import MODS
from annotator.domain.models import KIND_CLAIM, REJECTED, SUGGESTED
from annotator.formats.about import About
from annotator.formats.plain_names import TypeNames

STATE_LINE = f"State\tArg:<ENTITY>, Value:{SUGGESTED}|{REJECTED}"
"""By this a folder is known as written here: annotations without a state were decided."""


class Used:
    """The labels, roles and relation types of a project and its records, by the identifiers that brat takes."""

    def __init__(self, about: About) -> None:
        self._names = TypeNames()
        self.labels = {label.name: self._names[label.name] for label in about.labels}
        self.relations = {name: self._names[name] for name in about.relation_types}
        self.roles = {name: self._names[name] for name in about.role_types}

    def label(self, name: str) -> str:
        return self.labels.setdefault(name, self._names[name])

    def relation(self, name: str) -> str:
        return self.relations.setdefault(name, self._names[name])

    def role(self, name: str) -> str:
        return self.roles.setdefault(name, self._names[name])


def configuration(about: About, used: Used) -> dict[str, str]:
    """annotation.conf and visual.conf, for all that there is or was met."""
    arguments = ", ".join(f"{role}*:<ENTITY>" for role in used.roles.values())
    claims = [used.labels[label.name] for label in about.labels if label.kind == KIND_CLAIM]
    annotation = {
        "entities": list(used.labels.values()),
        "relations": [f"{name}\tArg1:<ENTITY>, Arg2:<ENTITY>" for name in used.relations.values()],
        "events": [f"{name}\t{arguments}" for name in claims] if arguments else [],
        "attributes": [
            STATE_LINE,
            f"Mod\tArg:<ENTITY>, Value:{'|'.join(sorted(MODS))}",
            "Flag\tArg:<ENTITY>",
        ],
    }
    drawing = [f"{used.labels[label.name]}\tbgColor:{label_hex(label.hue)}" for label in about.labels]
    visual = {
        "labels": [
            f"{plain} | {name}" for name, plain in (used.labels | used.relations | used.roles).items()
        ],
        "drawing": [
            "SPAN_DEFAULT\tfgColor:black, bgColor:lightgrey, borderColor:darken",
            "ARC_DEFAULT\tcolor:black, dashArray:-, arrowHead:triangle-5",
            *drawing,
        ],
    }
    return {"annotation.conf": _sections(annotation), "visual.conf": _sections(visual)}


def _sections(sections: dict[str, list[str]]) -> str:
    return "\n".join(
        f"[{name}]\n" + "".join(f"{line}\n" for line in lines) for name, lines in sections.items()
    )
