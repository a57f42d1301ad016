"""Making and migrating the tables of a project: `schema.sql` has those of version 1, `schema_2.sql` what
came with version 2; `docs/schema.md` explains them.

sqlite-utils does the work. Opening a file that is up to date needs neither it nor this module's
functions, only its numbers.
"""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Final

from annotator import paths
from annotator.domain.models import OWN_LAYER

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

APPLICATION_ID: Final = 0x416E6E6F  # "Anno"
VERSION: Final = 2
PAGE_SIZE: Final = 8192

SEARCH: Final = "document_text_fts"
"""The search index over title and text."""

ROLES: Final = ("accused", "accuser", "date", "organisation")
RELATIONS: Final = ("works for", "related to", "answers")

_SCRIPT: Final = Path(__file__).with_name("schema.sql")
_SCRIPT_2: Final = Path(__file__).with_name("schema_2.sql")


def utils(connection: sqlite3.Connection) -> Database:
    """The connection as sqlite-utils has it. Its import takes a sixth of a second."""
    from sqlite_utils import Database

    return Database(connection, recursive_triggers=False, execute_plugins=False)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a database to the newest version, from nothing or from an older one.

    Each version is one transaction with the record of it; the caller holds none. Afterwards
    references are looked at again (a table that is built anew is gone for a moment).
    """
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("PRAGMA legacy_alter_table = ON")  # views may name the table that is built anew
    try:
        _migrations().apply(utils(connection))
    finally:
        connection.execute("PRAGMA legacy_alter_table = OFF")
        connection.execute("PRAGMA foreign_keys = ON")


def _migrations() -> Migrations:
    from sqlite_utils import Migrations

    migrations = Migrations("annotator")

    @migrations(name="1")
    def version_1(db: Database) -> None:
        db.executescript(_SCRIPT.read_text(encoding="utf-8"))
        _fill(db)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute("PRAGMA user_version = 1")

    @migrations(name="2")
    def version_2(db: Database) -> None:
        for statement in _SCRIPT_2.read_text(encoding="utf-8").split("\n\n"):
            db.execute(statement)
        db.execute("PRAGMA user_version = 2")

    return migrations


def _fill(db: Database) -> None:
    """The labels, types and the layer that every project begins with."""
    labels = json.loads((paths.resources() / "labels.json").read_text(encoding="utf-8"))
    db.table("label").insert_all({**label, "position": i} for i, label in enumerate(labels, 1))
    db.table("layer").insert({"id": OWN_LAYER, "name": "project"})
    for table, names in (("role_type", ROLES), ("relation_type", RELATIONS)):
        db.table(table).insert_all({"name": name, "position": i} for i, name in enumerate(names, 1))
