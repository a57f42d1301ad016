"""A project for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator import store
from annotator.store import Store
from tests.store import making


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a project with the two articles of `making.sample`."""
    path = tmp_path_factory.mktemp("made") / "p.db"
    with store.create(path) as project:
        making.put(project, *making.sample())
    return path


@pytest.fixture(scope="session")
def made_empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a project without articles."""
    path = tmp_path_factory.mktemp("made") / "p.db"
    store.create(path).close()
    return path


@pytest.fixture
def path(tmp_path: Path, made: Path) -> Path:
    """A project with two articles, closed."""
    path = tmp_path / "p.db"
    shutil.copy(made, path)
    return path


@pytest.fixture
def project(path: Path) -> Iterator[Store]:
    """The same, open."""
    with store.open_project(path) as opened:
        yield opened


@pytest.fixture
def empty(tmp_path: Path, made_empty: Path) -> Iterator[Store]:
    """A project without articles, open."""
    path = tmp_path / "empty.db"
    shutil.copy(made_empty, path)
    with store.open_project(path) as opened:
        yield opened
