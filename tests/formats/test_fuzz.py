"""Mutated files over every importer: none crashes it, hangs it, or comes in by half.

A new format joins by a file (or folder) in `samples/`, or by its golden export.
"""

from __future__ import annotations

import secrets
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.formats import registry
from tests.formats.golden import ALL, exported
from tests.store.effort import repeats

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((Path(__file__).parent / "samples").iterdir()) + list(map(exported, ALL))
FILES = repeats(suite=5, portion=300, soak=10_000)
FINDINGS = 3
"""After so many a run is over."""


def test_every_reader_has_a_sample() -> None:
    met = {registry.guess(sample).read for sample in SAMPLES}
    assert not [name for name, format in registry.readers().items() if format.read not in met]


@pytest.mark.soak
@pytest.mark.timeout(0)
@pytest.mark.parametrize("sample", SAMPLES, ids=[f"{path.parent.name}/{path.name}" for path in SAMPLES])
def test_no_mutant_crashes_hangs_or_comes_in_by_half(
    sample: Path, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    """`--hypothesis-seed` repeats a run."""
    seed = int(pytestconfig.getoption("hypothesis_seed") or secrets.randbelow(1 << 32))
    findings, first = [], 0
    while first < FILES and len(findings) < FINDINGS:
        arguments = [sample, seed, first, FILES, tmp_path]
        ended = subprocess.run(
            [sys.executable, "-m", "tests.formats.fuzzing", *map(str, arguments)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if not ended.returncode:
            break
        reached = int(ended.stdout.split()[-1])
        findings.append(f"seed {seed}, file {reached}: ended with {ended.returncode}\n{ended.stderr[-1500:]}")
        first = reached + 1
    assert not findings, "\n".join(findings)
