"""The command line called as a person calls it, but without a new process for each call."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from annotator import paths
from annotator.cli.main import cli

Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    """`run("import", project, path)`; what a bug raises is raised here."""

    def call(*arguments: object) -> Result:
        return CliRunner().invoke(cli, [str(one) for one in arguments], catch_exceptions=False)

    return call


@pytest.fixture(scope="session")
def suggested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once: a project with the first four articles of the sample and their suggestions."""
    folder = tmp_path_factory.mktemp("suggested")
    lines = (paths.data() / "sample.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    articles, path = folder / "four.jsonl", folder / "four.db"
    articles.write_text("".join(lines[:4]), encoding="utf-8")
    for arguments in (["import", str(path), str(articles)], ["suggest", str(path)]):
        assert CliRunner().invoke(cli, arguments, catch_exceptions=False).exit_code == 0
    return path


@pytest.fixture
def project(suggested: Path, tmp_path: Path) -> Path:
    """A copy of that project for one test."""
    return Path(shutil.copy(suggested, tmp_path / "four.db"))
