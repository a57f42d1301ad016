"""A decision that the screen shows is in the file, whenever the program dies."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

from annotator import store
from annotator.domain.models import SUGGESTED
from annotator.session.importing import import_paths
from tests.end2end.reviewing import ARTICLE, REVIEWER, fingerprint

ROOT = Path(__file__).resolve().parents[2]
KILLS = 20
EDITS = 100
MORE_THAN_IT_GETS = 100_000  # so that a slow kill still meets it at work


def test_no_shown_decision_is_lost_when_the_program_is_killed(tmp_path: Path) -> None:
    """SIGKILL in the middle of scripted decisions, twenty times over one project."""
    project = tmp_path / "p.db"
    with store.create(project) as opened:
        import_paths(opened, [ROOT / "tests" / "gold" / "dev.jsonl"], mode="suggestions", origin="model")
        assert any(span.state == SUGGESTED for span in opened.article(ARTICLE).spans.values())
    source = random.Random(2)
    for kill in range(KILLS):
        shown = _review_until_killed(project, seed=kill, after=source.randint(1, EDITS))
        with store.open_project(project) as opened:
            assert opened.check() == []
            newest = opened.history(limit=1)[0].id
            journal, seen = shown.split()
            assert newest in (int(journal), int(journal) + 1)
            if newest > int(journal):  # it died between the file and the screen
                opened.undo(REVIEWER)
            assert fingerprint(opened.article(ARTICLE)) == seen


def _review_until_killed(project: Path, seed: int, after: int) -> str:
    """Kill the reviewer some time after that many decisions; the last one that was shown."""
    command = [
        sys.executable,
        "-m",
        "tests.end2end.reviewing",
        str(project),
        str(seed),
        str(MORE_THAN_IT_GETS),
    ]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as reviewer:
        assert reviewer.stdout is not None
        shown = [reviewer.stdout.readline() for _ in range(after)]
        reviewer.kill()
        shown += [line for line in reviewer.stdout if line.endswith("\n")]
    assert reviewer.returncode < 0, "it had ended by itself"
    return shown[-1]
