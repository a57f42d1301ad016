"""CASes into records: ours, INCEpTION's and those of other layers.

A span is an annotation of any layer that is not one of segmentation or metadata; its label is its
`value` or `label`, else the layer's name. An annotation with a governor and a dependent is a relation;
those of which each knows the next are a chain.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from math import isfinite
from pathlib import Path
from typing import Any, Final

from annotator.domain.changes import Message
from annotator.domain.record import Record
from annotator.errors import UserError
from annotator.formats import chains
from annotator.formats.beside import members
from annotator.formats.checking import Place, check_record
from annotator.formats.format import Fit, Format
from annotator.formats.guarded import not_readable
from annotator.formats.layers import attributes_of, is_aside, label_of
from annotator.formats.plain_names import unquoted
from annotator.formats.telling import tell_other_entities
from annotator.formats.uima import types
from annotator.formats.uima.writing import JSON_CARRIES, TYPES_FILE, XMI_CARRIES, write_json, write_xmi

Json = dict[str, Any]

_PLACE: Final = ("sofa", "begin", "end")
_KNOWN: Final = frozenset({*types.SPAN_FEATURES.values(), "score", "flag"})


def fit_xmi(head: bytes) -> Fit:
    """The root of a CAS in XMI."""
    return Fit.SURE if b"<xmi:XMI" in head and b"http:///uima/" in head else Fit.NO


def holds_xmi(folder: Path) -> bool:
    """CASes with the type system that they need."""
    return (folder / TYPES_FILE).is_file() and any(folder.glob("*.xmi"))


def read_xmi(path: Path, notes: list[Message]) -> Iterator[Record]:
    """The articles of a folder, one a CAS, or the one of a file, beside which its types must stand."""
    from cassis import load_cas_from_xmi, load_typesystem

    described = (path if path.is_dir() else path.parent) / TYPES_FILE
    if not described.is_file():
        raise UserError("read.no_types_beside", path=path, beside=TYPES_FILE)
    _check(described)
    with described.open("rb") as file, _loading("uima-xmi", described):
        known = load_typesystem(file)
    for one in members(path, ".xmi"):
        _check(one)
        with one.open("rb") as file, _loading("uima-xmi", one) as warned:
            cas = load_cas_from_xmi(file, known, lenient=True)
        unknown = sum("offset" not in str(one.message) for one in warned)  # a wrong one is told below
        if unknown:
            notes.append(Message("read.unknown_types", {"path": one, "count": unknown}))
        yield _record(cas, one, notes)


def fit_json(head: bytes) -> Fit:
    """The keys that every CAS in JSON begins with."""
    is_cas = head.lstrip().startswith(b"{") and (b'"%TYPES"' in head or b'"%FEATURE_STRUCTURES"' in head)
    return Fit.SURE if is_cas else Fit.NO


def holds_json(folder: Path) -> bool:
    """Files of which one is a CAS."""
    found = next(iter(sorted(folder.glob("*.json"))), None)
    if found is None:
        return False
    with found.open("rb") as file:
        return fit_json(file.read(1 << 16)) is Fit.SURE


def read_json(path: Path, notes: list[Message]) -> Iterator[Record]:
    """The articles of a folder, one a CAS, or the one of a file."""
    from cassis import load_cas_from_json

    for one in members(path, ".json"):
        with one.open("rb") as file, _loading("uima-json", one):
            cas = load_cas_from_json(file)
        yield _record(cas, one, notes)


@contextmanager
def _loading(format: str, path: Path) -> Iterator[list[warnings.WarningMessage]]:
    """What the library warns of goes nowhere else; what it stumbles over is told with the file's name."""
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        try:
            yield warned
        except (OSError, MemoryError):
            raise
        except Exception as error:
            raise not_readable(path, format, error) from error


def _check(path: Path) -> None:
    """Its parser knows entities; nobody who writes a CAS needs a document type."""
    if b"<!DOCTYPE" in path.read_bytes().replace(b"\0", b""):
        raise UserError("read.xml_entities", path=path, part=path.name)


def _record(cas: Any, path: Path, notes: list[Message]) -> Record:
    record: Json = {"id": unquoted(path.stem), "text": cas.sofa_string or ""}
    spans: dict[int, Json] = {}
    relations, links, holders = [], [], []
    for one in cas.select_all_annotations():
        kind = one.type.name
        if kind == types.DOCUMENT:
            record |= _named(one, is_ours=cas.typesystem.contains_type(types.ARTICLE))
        elif is_aside(kind):
            continue
        elif one.type.get_feature("Governor") and one.type.get_feature("Dependent"):
            relations.append(one)
        elif one.type.get_feature("next"):
            links.append(one)
        else:
            spans[id(one)] = _span(one, len(spans))
            holders.append(one)
    record["spans"] = list(spans.values())
    record["relations"] = [_relation(one, spans) for one in relations if _joins(one, spans)]
    record["relations"] += [link for one in holders for link in _slots(one, spans)]
    if cas.typesystem.contains_type(types.ARTICLE):
        for one in cas.select(types.ARTICLE):
            record |= _present(**{name: _get(one, name) for name in types.ARTICLE_FEATURES})
    if cas.typesystem.contains_type(types.ENTITY):
        record["entities"] = {one.key: _entity(one) for one in cas.select(types.ENTITY)}
    tell_other_entities(notes, path, chains.join(record, _chains(links)))
    return check_record(record, Place(path, 1))


def _named(about: Any, *, is_ours: bool) -> Json:
    """Name and title of an article; INCEpTION puts its reviewer into the id and the name of a file into the title."""
    name, title = about.documentId, about.documentTitle
    return _present(id=name, title=title) if is_ours else _present(id=title or name)


def _span(one: Any, number: int) -> Json:
    plain = _features(one)
    span: Json = {
        "start": one.begin,
        "end": one.end,
        "label": str(label_of(plain, one.type.name)),
        "id": f"u{number + 1}",
    } | attributes_of(plain, _KNOWN)
    fields = {here: _get(one, there) for here, there in types.SPAN_FEATURES.items() if here != "label"}
    span |= _present(**fields, score=_get(one, "score"))
    if _get(one, "flag"):
        span["flag"] = True
    for link in getattr(_get(one, "roles"), "elements", None) or ():
        holder = _get(link, "entity") or _get(_get(link, "target"), "identifier")
        role = _get(link, "role")
        if holder and role:
            entry = _present(entity=holder, state=_get(link, "state"), origin=_get(link, "origin"))
            span.setdefault("roles", {}).setdefault(role, []).append(entry)
    return span


def _joins(one: Any, spans: dict[int, Json]) -> bool:
    return id(one.Governor) in spans and id(one.Dependent) in spans and one.Governor is not one.Dependent


def _relation(one: Any, spans: dict[int, Json]) -> Json:
    ends = {"from": spans[id(one.Governor)]["id"], "to": spans[id(one.Dependent)]["id"]}
    return {"type": str(label_of(_features(one), one.type.name))} | ends | _present(state=_get(one, "state"))


def _features(one: Any) -> Json:
    """What an annotation says in plain values; an empty string says nothing."""
    names = (feature.name for feature in one.type.all_features if feature.name not in _PLACE)
    found = ((name, getattr(one, name)) for name in names)
    return {name: value for name, value in found if type(value) in (str, bool) or _is_number(value)}


def _is_number(value: Any) -> bool:
    """Whether it is one that JSON can hold everywhere."""
    return isfinite(value) if type(value) is float else type(value) is int and abs(value) < 1 << 63


def _slots(one: Any, spans: dict[int, Json]) -> Iterator[Json]:
    """The slots of another tool's layer, each a relation that is called by its role or its feature."""
    here = spans[id(one)]
    for feature in one.type.all_features:
        value = getattr(one, feature.name)
        filled = [(feature.name, value)]
        if feature.name != "roles":  # those are roles of ours
            links = [link for link in getattr(value, "elements", None) or () if hasattr(link, "type")]
            filled += [(_get(link, "role") or feature.name, _get(link, "target")) for link in links]
        for name, target in filled:
            if id(target) in spans and target is not one:
                yield {"type": name, "from": here["id"], "to": spans[id(target)]["id"]}


def _chains(links: list[Any]) -> Iterator[list[chains.Link]]:
    """From each link that is nobody's next to the last; what is left then goes round."""
    known = {id(one): one for one in links}
    followers = {id(one.next) for one in links}
    for head in sorted(links, key=lambda one: id(one) in followers):
        chain, at = [], id(head)
        while at in known:
            one = known.pop(at)
            chain.append(chains.Link(one.begin, one.end, _get(one, "referenceType")))
            at = id(one.next)
        if chain:
            yield chain


def _entity(one: Any) -> Json:
    found = _present(**{name: _get(one, name) for name in types.ENTITY_FEATURES})
    if one.aliases is not None and one.aliases.elements:
        found["aliases"] = list(one.aliases.elements)
    return found


def _get(one: Any, name: str) -> Any:
    """A feature by name, None where the type has none: as an attribute it might be a method."""
    return getattr(one, name) if one is not None and one.type.get_feature(name) else None


def _present(**fields: Any) -> Json:
    return {name: value for name, value in fields.items() if value is not None}


XMI = Format(
    name="uima-xmi",
    title="UIMA CAS as XMI (INCEpTION)",
    suffixes=(".xmi",),
    fit=fit_xmi,
    read=read_xmi,
    write=write_xmi,
    folder=True,
    holds=holds_xmi,
    carries=XMI_CARRIES,
    apart=True,
)
JSON = Format(
    name="uima-json",
    title="UIMA CAS as JSON (INCEpTION)",
    suffixes=(),
    fit=fit_json,
    read=read_json,
    write=write_json,
    folder=True,
    holds=holds_json,
    carries=JSON_CARRIES,
    apart=True,
)
