"""Decisions about entities, roles, relations and labels, and several articles at once, by four numbers."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain

from annotator.domain.changes import ChangeSet, Message
from annotator.domain.edits import bulk, entity_edits, label_edits, role_edits, span_edits
from annotator.domain.edits.entity_edits import Whole
from annotator.domain.models import KIND_CLAIM, Entity, Span
from annotator.session.labels import removal
from tests.store.situation import NOTHING, Situation, pick

Edit = Callable[[Situation], ChangeSet]


def _entity(at: Situation, number: int) -> Entity | None:
    label = pick(sorted(at.article.labels), at.choice.a)
    entities = at.project.entities(label)
    return pick(entities, number) if entities else None


def _of_one(edit: Callable[[Situation, Entity], ChangeSet]) -> Edit:
    def chosen(at: Situation) -> ChangeSet:
        entity = _entity(at, at.choice.b)
        return NOTHING if entity is None else edit(at, entity)

    return chosen


def _of_two(edit: Callable[[Situation, Entity, Entity], ChangeSet]) -> Edit:
    def chosen(at: Situation) -> ChangeSet:
        one, other = _entity(at, at.choice.b), _entity(at, at.choice.c)
        return NOTHING if one is None or other is None or one == other else edit(at, one, other)

    return chosen


def _mentions(at: Situation, entity: Entity) -> tuple[Whole, list[Span]]:
    """An entity with some of its mentions."""
    whole = at.project.whole(entity.id)
    spans = at.project.spans(link.span for link in whole.links if link.state != "rejected")
    return whole, spans[at.choice.c % 2 :]


def _value(at: Situation, entity: Entity) -> ChangeSet:
    value = f"20{at.choice.c % 100:02d}"
    if entity.value is None or at.project.entity_with_value(entity.label, value):
        return NOTHING
    return entity_edits.set_value(entity, value)


def _merge(at: Situation, one: Entity, other: Entity) -> ChangeSet:
    return entity_edits.merge(at.project.whole(one.id), at.project.whole(other.id))


def _split(at: Situation, entity: Entity) -> ChangeSet:
    whole, spans = _mentions(at, entity)
    if not spans:
        return NOTHING
    return entity_edits.split(whole, spans, at.project.free_key("split"), "Split", at.author)


def _move(at: Situation, one: Entity, other: Entity) -> ChangeSet:
    whole, spans = _mentions(at, one)
    return entity_edits.move(whole, spans, other, at.project.whole(other.id).links, at.author)


def _role(at: Situation) -> ChangeSet:
    claims = [span for span in at.spans() if at.article.labels[span.label].kind == KIND_CLAIM]
    entity = _entity(at, at.choice.b)
    if entity is None or not claims:
        return NOTHING
    type_ = pick(at.project.role_types(), at.choice.c)
    return role_edits.set_role(at.article, pick(claims, at.choice.a).id, type_, entity, at.author)


def _no_role(at: Situation) -> ChangeSet:
    roles = sorted(at.article.roles.values())
    if not roles:
        return NOTHING
    role = pick(roles, at.choice.a)
    types = {one.id: one for one in at.project.role_types()}
    return role_edits.remove_role(at.article, role.id, types[role.type], at.author)


def _relate(at: Situation) -> ChangeSet:
    spans = at.spans()
    if len(spans) < 2:
        return NOTHING
    first = at.choice.a % len(spans)
    second = (first + 1 + at.choice.b % (len(spans) - 1)) % len(spans)
    type_ = pick(at.project.relation_types(), at.choice.c)
    return role_edits.relate(at.article, type_, spans[first].id, spans[second].id, at.author)


def _unrelate(at: Situation) -> ChangeSet:
    relations = sorted(at.article.relations.values())
    if not relations:
        return NOTHING
    relation = pick(relations, at.choice.a)
    types = {one.id: one for one in at.project.relation_types()}
    return role_edits.unrelate(at.article, relation.id, types[relation.type], at.author)


def _add_label(at: Situation) -> ChangeSet:
    labels = at.project.labels()
    name = f"L{at.choice.b % 4}"
    return NOTHING if name in {label.name for label in labels} else label_edits.add(labels, name)


def _change_label(at: Situation) -> ChangeSet:
    label = pick(at.project.labels(), at.choice.a)
    return label_edits.change(label, hue=at.choice.b % 360, description=f"text {at.choice.c % 3}")


def _remove_label(at: Situation) -> ChangeSet:
    labels = at.project.labels()
    if len(labels) < 3 or at.choice.c % 3:  # seldom: little is left afterwards
        return NOTHING
    label = pick(labels, at.choice.a)
    others = [None, *(one for one in labels if one.id != label.id)]
    return removal(at.project, label, pick(others, at.choice.b), at.author)


def _move_label(at: Situation) -> ChangeSet:
    labels = at.project.labels()
    return label_edits.move(labels, pick(labels, at.choice.a), 1 if at.choice.b % 2 else -1)


def _everywhere(at: Situation) -> ChangeSet:
    """Every span of all articles gets one label, as one act."""
    articles = [at.project.article(row.id) for row in at.project.documents(limit=4)]
    label = pick(sorted(at.article.labels), at.choice.c)
    changes = [span_edits.relabel(article, sorted(article.spans), label, at.author) for article in articles]
    title = Message("span.relabelled_many", {"count": 0, "label": ""})
    return bulk.together(title, changes) if any(chain(change.rows for change in changes)) else NOTHING


MERGING: Edit = _of_two(_merge)
ON_ENTITIES: tuple[Edit, ...] = (
    _of_one(lambda at, one: entity_edits.rename(one, f"Name {at.choice.c % 3}")),
    _of_one(lambda at, one: entity_edits.set_aliases(one, [f"Other {at.choice.c % 3}", one.name])),
    _of_one(lambda at, one: entity_edits.set_note(one, None if at.choice.c % 2 else f"note {at.choice.c}")),
    _of_one(lambda at, one: entity_edits.set_uri(one, None if at.choice.c % 2 else f"uri:{at.choice.c}")),
    _of_one(lambda at, one: entity_edits.set_fields(one, {"one": at.choice.c % 3})),
    _of_one(lambda at, one: entity_edits.unlink(*_mentions(at, one), at.author)),
    _of_one(lambda at, one: entity_edits.accept_all(*_mentions(at, one), at.author)),
    _of_one(_value),
    _of_one(_split),
    MERGING,
    _of_two(_move),
    _of_two(
        lambda at, one, other: entity_edits.tell_apart(one, other, at.project.distinct_pairs(), at.author)
    ),
)
MORE: tuple[Edit, ...] = (
    *ON_ENTITIES,
    _role,
    _no_role,
    _relate,
    _unrelate,
    _add_label,
    _change_label,
    _move_label,
    _remove_label,
    _everywhere,
)
