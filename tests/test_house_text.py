"""The files of the project: sizes, what must not stand in them, and that the papers tell the truth."""

from __future__ import annotations

import ast
import re
import sqlite3
import tomllib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import annotator
from annotator import store

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("annotator", "tests", "tools", "docs", "resources", "data", ".ci")
TEXT = {".py", ".md", ".toml", ".txt", ".json", ".jsonl", ".sh", ".sql", ".svg", ".ts", ""}
SOURCE_CEILING = 700
FUNCTION_CEILING = 60


def _files() -> Iterator[Path]:
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path
    ours = (path for path in sorted(ROOT.iterdir()) if path.is_file())
    yield from (
        path for path in ours if path.name not in (".coverage", ".git")
    )  # a work tree has .git as a file


def _sources() -> list[Path]:
    return [path for path in _files() if path.suffix == ".py"]


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _matches(pattern: str, paths: Iterator[Path] | list[Path]) -> list[str]:
    found = []
    for path in paths:
        if path.suffix in TEXT and path != Path(__file__):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if re.search(pattern, line):
                    found.append(f"{_name(path)}:{number}: {line.strip()[:100]}")
    return found


def test_no_file_is_too_long() -> None:
    """About 400 lines is the habit; this is the ceiling."""
    long = {_name(path): lines for path in _sources() if (lines := _lines(path)) > SOURCE_CEILING}
    assert not long


def _lines(path: Path) -> int:
    return path.read_text(encoding="utf-8").count("\n")


def test_no_function_is_too_long() -> None:
    """About 40 lines is the habit; this is the ceiling."""
    long = {}
    for path in _sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                if lines > FUNCTION_CEILING:
                    long[f"{_name(path)}:{node.name}"] = lines
    assert not long


def test_no_machine_and_no_package_index_is_named() -> None:
    """The files hold on every machine."""
    assert not _matches(
        r"/(work|farm|root|home/\w+|tmp/[a-z])/|pypi\.org|pythonhosted|npmjs|deb\.debian|find-links|index-url",
        [path for path in _files() if path.name != "Makefile"],
    )


def test_nothing_is_left_for_later() -> None:
    """What is not done is not in the tree; what is tested is never skipped."""
    assert not _matches(r"#.*\b(TODO|FIXME|XXX)\b|NotImplementedError", _sources())
    assert not _matches(r"mark\.(skip|xfail)|pytest\.(skip|xfail|importorskip)|\.skipTest", _sources())


def test_changelog_and_package_agree_on_the_version() -> None:
    """The newest entry of the changelog is the version of the package."""
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert newest is not None
    assert newest[1] == annotator.__version__


def test_commands_in_the_papers_exist() -> None:
    """Every `make NAME` that a reader is told to type is a target of the Makefile."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    papers = [path.read_text(encoding="utf-8") for path in _files() if path.suffix == ".md"]
    told = {
        name for paper in papers for name in re.findall(r"(?:`|^ {4}|&& )make ([a-z]+)", paper, re.MULTILINE)
    }
    assert {"run", "test"} <= told <= targets


def test_links_in_the_papers_lead_somewhere() -> None:
    """Relative links and pictures of every Markdown file point to a file."""
    dead = []
    for path in _files():
        if path.suffix == ".md":
            for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
                if not (path.parent / target).exists():
                    dead.append(f"{_name(path)}: {target}")
    assert not dead


def test_every_dependency_has_its_reason() -> None:
    """docs/dependencies.md names each one that pyproject asks for, and no other."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = project["dependencies"] + [
        name for extra in project["optional-dependencies"].values() for name in extra
    ]
    names = {re.split(r"[<>=]", entry)[0] for entry in asked}
    paper = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([\w-]+)` \|", paper, re.MULTILINE)) == names


def test_the_paper_about_the_project_file_names_every_table_and_column(tmp_path: Path) -> None:
    """docs/schema.md against a project that was just made, and nothing beside it."""
    store.create(tmp_path / "p.db").close()
    with closing(sqlite3.connect(tmp_path / "p.db")) as project:
        listed = project.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' "
            "AND name NOT LIKE '%\\_fts%' ESCAPE '\\' AND name NOT LIKE '\\_%' ESCAPE '\\'"
        ).fetchall()
        made = {
            table: [column[1] for column in project.execute(f"PRAGMA table_info({table})")]
            for (table,) in listed
        }
    paper = (ROOT / "docs" / "schema.md").read_text(encoding="utf-8")
    told = {}
    for table, words in re.findall(r"\*\*([a-z_]+)\*\* (.*?)(?=\*\*|\n\n|\Z)", paper, re.DOTALL):
        columns = re.sub(r"\([^)]*\)", "", words).partition(": ")[0]
        told[table] = re.findall(r"`([a-z_]+)`", columns)
    assert told == made
