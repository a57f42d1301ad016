"""Records of every shape, for property tests: all fields, unknown ones at each level."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from annotator.domain.record import DOCUMENT_FIELDS, ENTITY_FIELDS, SPAN_FIELDS

Json = dict[str, Any]

LABELS = ("PERSON", "ORG", "DATE", "ALLEGATION")
# Text with what formats stumble over: other planes, joined emoji, CRLF, separators, marks, right to left.
_PIECES = st.sampled_from(
    [
        "Ann Lee",
        " ",
        "\n",
        "\r\n",
        "\u2028",
        "\u00a0",
        "👩‍🚀",
        "🇫🇷",
        "e\u0301",
        "שלום",
        "\ufeff",
        "\t",
        "\\",
        '"',
        "é",
    ]
)
storable = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
names = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=12)
texts = (
    st.lists(
        _PIECES | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1)
    )
    .map("".join)
    .filter(lambda text: bool(text.strip()))
)
_numbers = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
anything = st.recursive(
    st.none() | st.booleans() | _numbers | storable,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(storable, inner, max_size=3),
    max_leaves=6,
)
scores = st.floats(0, 1)
states = st.sampled_from(["suggested", "accepted", "rejected"])


def unknown(known: frozenset[str]) -> st.SearchStrategy[Json]:
    """Fields that are not ours."""
    return st.dictionaries(storable.filter(lambda name: name not in known), anything, max_size=2)


@st.composite
def spans(draw: st.DrawFn, text: str, number: int, entities: Json) -> Json:
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    label = draw(st.sampled_from(LABELS))
    optional: Json = {
        "text": st.just(text[start:end]),
        "state": states,
        "origin": names,
        "by": storable,
        "at": storable,
        "score": scores,
        "flag": st.booleans(),
        "note": storable,
        "suggested": st.just({"start": start, "end": len(text), "label": "ORG", "by": "model"}),
        "mod": st.sampled_from(["START", "MID", "END"]),
        "roles": st.just({"accused": [{"entity": "p:x", "state": "accepted", "origin": "reviewer"}]}),
    }
    fitting = [key for key, entity in entities.items() if entity["label"] == label]
    if fitting:
        optional["entity"] = st.sampled_from(fitting)
        optional["value"] = names
        optional["link"] = st.just({"state": "suggested", "origin": "names", "score": 0.5})
    fields: Json = draw(st.fixed_dictionaries({}, optional=optional))
    place = {"id": f"t{number}", "start": start, "end": end, "label": label}
    return draw(unknown(SPAN_FIELDS)) | place | fields


_ENTITIES = st.dictionaries(
    names,
    st.builds(
        lambda theirs, fields: theirs | fields,
        unknown(ENTITY_FIELDS),
        st.fixed_dictionaries(
            {"label": st.sampled_from(LABELS), "name": names},
            optional={
                "aliases": st.lists(storable, max_size=2),
                "value": names,
                "uri": storable,
                "note": storable,
            },
        ),
    ),
    max_size=3,
)


@st.composite
def records(draw: st.DrawFn) -> Json:
    text = draw(texts)
    entities = draw(_ENTITIES)
    marked = [draw(spans(text, number, entities)) for number in range(draw(st.integers(0, 4)))]
    optional = {
        "title": storable,
        "date": storable,
        "source": storable,
        "status": st.sampled_from(["new", "in_progress", "done"]),
        "note": storable,
        "flag": st.booleans(),
        "tags": st.lists(storable, max_size=2),
        "meta": st.dictionaries(storable, anything, max_size=2),
    }
    record: Json = draw(unknown(DOCUMENT_FIELDS)) | draw(st.fixed_dictionaries({}, optional=optional))
    record |= {"id": draw(names), "text": text, "spans": marked, "entities": entities}
    if len(marked) > 1:
        record["relations"] = [{"id": "r1", "type": "same", "from": "t0", "to": "t1", "state": "accepted"}]
    return record
