"""Damaged files: told at once, and what is whole is saved, with nothing invented."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotator import store
from annotator.domain.changes import Author
from annotator.domain.edits import span_edits
from annotator.errors import UserError
from annotator.session.importing import import_paths
from annotator.store import Store, salvage, schema
from annotator.store.importing import GOLD
from annotator.store.pages import LEAF, Pages
from annotator.store.rebuilding import rebuild
from tests.cli.conftest import Run
from tests.end2end import two_reviewers
from tests.store.effort import repeats

SEEDS = repeats(suite=12, portion=100, soak=1000)
PARTS = 4
_REMADE = {
    "label",
    "role_type",
    "relation_type",
    "layer",
    "run",
    "setting",
    "document",
    "entity",
    "journal",
    "proposal",
}
"""Tables in which rows may be made again, or be told otherwise by what was mended."""


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All sixteen gold articles with links, roles and some decisions; no log beside it."""
    folder = tmp_path_factory.mktemp("sound")
    path = folder / "p.db"
    source = two_reviewers.write(two_reviewers.gold(16), folder / "gold.jsonl")
    with store.create(path) as project:
        import_paths(project, [source], mode=GOLD)
        for number in range(1, 17):
            article = project.article(number)
            first = sorted(article.spans)[:3]
            project.apply(span_edits.reject(article, first, Author("kim", "2026-11-24T01:02:03Z")), "kim")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    return path


def _spoil(path: Path, seed: int) -> set[int]:
    """Overwrite some pages with noise; which."""
    source = random.Random(seed)
    content = bytearray(path.read_bytes())
    count = len(content) // schema.PAGE_SIZE
    pages = set(source.sample(range(1, count + 1), source.randint(1, 6)))
    for page in pages:
        content[(page - 1) * schema.PAGE_SIZE : page * schema.PAGE_SIZE] = source.randbytes(schema.PAGE_SIZE)
    path.write_bytes(content)
    return pages


def test_all_rows_of_a_sound_file_are_read(sound: Path) -> None:
    """As SQLite reads them: the reader of pages is right before it is asked about damaged ones."""
    found = salvage.read(sound).rows
    with closing(sqlite3.connect(sound)) as connection:
        for name, columns in salvage.tables(connection).items():
            ids = [number for number, column in enumerate(columns) if column.is_id]
            rows = {row[0]: row[1:] for row in connection.execute(f"SELECT rowid, * FROM {name}")}
            ours = {
                number: tuple(number if place in ids else value for place, value in enumerate(fields))
                for number, fields in found.get(name, {}).items()
            }
            assert ours == rows, name


@pytest.mark.soak
@pytest.mark.parametrize("part", range(PARTS))
def test_damage_is_told_and_what_is_whole_is_saved(sound: Path, tmp_path: Path, run: Run, part: int) -> None:
    """Of SEEDS damaged files each is told, and each repaired one is sound and holds nothing that was not there."""
    for seed in range(part, SEEDS, PARTS):
        path = tmp_path / f"{seed}.db"
        path.write_bytes(sound.read_bytes())
        pages = _spoil(path, seed)
        told = run("check", path)
        assert told.exit_code == 1, (seed, told.output)
        assert "damaged" in told.output or "not a project" in told.output
        for other in (["stats", path], ["export", path, path.with_suffix(".jsonl")]):
            assert "Traceback" not in run(*other).output  # a sentence, or what it could read
        repaired = run("check", path, "--repair", "--reviewer", "kim")
        assert repaired.exit_code == 0, (seed, repaired.output)
        assert "Saved: " in path.with_name(f"{path.name}.repair.txt").read_text(encoding="utf-8")
        _compare(path, sound, pages, seed)


def _compare(path: Path, sound: Path, pages: set[int], seed: int) -> None:
    with store.open_project(path) as project:
        assert [one.message.code for one in project.check()] == [], seed
    assert [*path.parent.glob(f"{path.stem}.damaged-*")], seed
    with closing(sqlite3.connect(path)) as saved, closing(sqlite3.connect(sound)) as whole:
        for table in salvage.tables(whole):
            there = {row[0]: row for row in whole.execute(f"SELECT rowid, * FROM {table}")}
            kept = {row[0]: row for row in saved.execute(f"SELECT rowid, * FROM {table}")}
            if table not in _REMADE:
                assert kept.items() <= there.items(), (seed, table)
        texts = dict(whole.execute("SELECT id, text FROM document_text"))
        kept_texts = dict(saved.execute("SELECT id, text FROM document_text"))
        assert kept_texts.items() <= texts.items()
        lost = texts.keys() - kept_texts.keys()
        assert lost == _lost_texts(sound, pages), seed


def _lost_texts(sound: Path, spoiled: set[int]) -> set[int]:
    """Articles whose text lies on a spoiled page."""
    pages = Pages(sound.read_bytes(), schema.PAGE_SIZE)
    with closing(sqlite3.connect(sound)) as connection:
        [root] = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'document_text'"
        ).fetchone()
    waiting, leaves = [root], []
    while waiting:
        number = waiting.pop()
        if pages.kind(number) == LEAF:
            leaves.append(number)
        else:
            waiting += pages.children(number)
    return {cell.rowid for leaf in leaves for cell in pages.cells(leaf) if spoiled & {*cell.pages}}


def test_a_file_of_noise_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "p.db"
    path.write_bytes(random.Random(1).randbytes(20 * schema.PAGE_SIZE))
    before = path.read_bytes()
    with pytest.raises(UserError, match="Nothing can be read"):
        rebuild(path, "kim")
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir() if one.name != "home"] == ["p.db"]


def test_what_the_log_holds_is_saved_too(sound: Path, tmp_path: Path) -> None:
    """Decisions that are not in the main file yet."""
    path = tmp_path / "p.db"
    path.write_bytes(sound.read_bytes())
    with store.open_project(path) as project:
        article = project.article(1)
        wanted = sorted(article.spans)[5]
        project.apply(
            span_edits.set_note(article, wanted, "late", Author("kim", "2026-11-25T00:00:00Z")), "kim"
        )
        for ending in ("", "-wal"):
            (tmp_path / f"copy.db{ending}").write_bytes((tmp_path / f"p.db{ending}").read_bytes())
    rebuild(tmp_path / "copy.db", "kim")
    with store.open_project(tmp_path / "copy.db") as project:
        assert project.article(1).spans[wanted].note == "late"
        assert isinstance(project, Store)
