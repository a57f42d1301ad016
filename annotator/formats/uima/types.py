"""The type system: INCEpTION's own layers for tokens, sentences and named entities, with features for the rest.

In a CAS offsets are UTF-16; dkpro-cassis turns them into code points and back.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from cassis import TypeSystem

_DKPRO: Final = "de.tudarmstadt.ukp.dkpro.core.api"
TOKEN: Final = f"{_DKPRO}.segmentation.type.Token"
SENTENCE: Final = f"{_DKPRO}.segmentation.type.Sentence"
DOCUMENT: Final = f"{_DKPRO}.metadata.type.DocumentMetaData"
SPAN: Final = f"{_DKPRO}.ner.type.NamedEntity"
RELATION: Final = "webanno.custom.Relation"
ROLE: Final = "webanno.custom.NamedEntityRolesLink"
ARTICLE: Final = "webanno.custom.Article"
ENTITY: Final = "webanno.custom.Entity"

SPAN_FEATURES: Final = {
    "label": "value",
    "entity": "identifier",
    "id": "mention",
    "state": "state",
    "origin": "origin",
    "by": "reviewer",
    "at": "decided",
    "note": "note",
    "value": "calendarValue",
    "mod": "part",
}
"""Fields of a span by the feature that holds them, all of them strings."""
ARTICLE_FEATURES: Final = ("date", "source", "status", "note")
ENTITY_FEATURES: Final = ("label", "name", "value", "uri", "note")


@cache
def type_system() -> TypeSystem:
    """All types that are written."""
    from cassis import TypeSystem

    made = TypeSystem()
    text, annotation, top = "uima.cas.String", "uima.tcas.Annotation", "uima.cas.TOP"
    for name in (TOKEN, SENTENCE):
        made.create_type(name, annotation)
    document = made.create_type(DOCUMENT, "uima.tcas.DocumentAnnotation")
    for name in ("documentId", "documentTitle"):
        made.create_feature(document, name, text)
    span, role = made.create_type(SPAN, annotation), made.create_type(ROLE, top)
    for name in SPAN_FEATURES.values():
        made.create_feature(span, name, text)
    made.create_feature(span, "score", "uima.cas.Double")
    made.create_feature(span, "flag", "uima.cas.Boolean")
    made.create_feature(span, "roles", "uima.cas.FSArray", elementType=role)
    made.create_feature(role, "target", span)
    for name in ("role", "entity", "state", "origin"):
        made.create_feature(role, name, text)
    relation = made.create_type(RELATION, annotation)
    for name in ("Governor", "Dependent"):
        made.create_feature(relation, name, span)
    for name in ("label", "state"):
        made.create_feature(relation, name, text)
    for name, features in ((ARTICLE, ARTICLE_FEATURES), (ENTITY, ("key", *ENTITY_FEATURES))):
        own = made.create_type(name, top)
        for feature in features:
            made.create_feature(own, feature, text)
    made.create_feature(made.get_type(ENTITY), "aliases", "uima.cas.StringArray")
    return made
