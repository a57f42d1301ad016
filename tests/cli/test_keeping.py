"""Snapshots by command."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run


def test_a_snapshot_is_taken_listed_and_restored(run: Run, project: Path) -> None:
    before = run("stats", project, "--json").stdout
    assert "Snapshot of" in run("backup", project).stderr
    [listed] = run("restore", project).stdout.splitlines()
    article = project.with_name("more.txt")
    article.write_text("One more article.", encoding="utf-8")
    assert run("import", project, article).exit_code == 0
    assert run("stats", project, "--json").stdout != before
    assert run("restore", project, listed.split()[0]).exit_code == 0
    assert run("stats", project, "--json").stdout == before
    assert len(run("restore", project).stdout.splitlines()) == 2


def test_what_cannot_be_restored_is_told(run: Run, project: Path) -> None:
    assert run("restore", project).stdout == ""
    result = run("restore", project, "nothing")
    assert result.exit_code == 1
    assert "There is no snapshot nothing" in result.stderr
    assert run("backup", project.with_name("none.db")).exit_code == 1
    assert run("restore", project.with_name("none.db")).exit_code == 1
    assert "cannot be opened" in run("restore", project.with_name("x" * 300)).stderr
