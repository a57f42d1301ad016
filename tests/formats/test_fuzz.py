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
GOLDEN = [exported(name) for name in ALL if name in registry.readers()]
SAMPLES = [*sorted((Path(__file__).parent / "samples").iterdir()), *GOLDEN]
FILES = repeats(suite=3, portion=300, soak=10_000)
FINDINGS = 3
"""After so many a run is over."""


def test_every_reader_has_a_sample() -> None:
    met = {registry.guess(sample).read for sample in SAMPLES}
    assert not [name for name, format in registry.readers().items() if format.read not in met]


CHILDREN = repeats(suite=1, portion=4, soak=len(SAMPLES))
"""What a child loads takes longer than it needs for a few files."""
TOGETHER = [SAMPLES[at::CHILDREN] for at in range(CHILDREN)]


@pytest.mark.soak
@pytest.mark.timeout(0)
@pytest.mark.parametrize("samples", TOGETHER, ids=lambda samples: "/".join(samples[0].parts[-2:]))
def test_no_mutant_crashes_hangs_or_comes_in_by_half(
    samples: list[Path], tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    """`--hypothesis-seed` repeats a run."""
    seed = int(pytestconfig.getoption("hypothesis_seed") or secrets.randbelow(1 << 32))
    findings: list[str] = []
    first = 0
    while len(findings) < FINDINGS:
        ended = subprocess.run(
            [
                sys.executable,
                "-m",
                "tests.formats.fuzzing",
                *map(str, (seed, FILES, first, tmp_path, *samples)),
            ],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if not ended.returncode:
            break
        at, number = map(int, ended.stdout.split("\n")[-2].split())
        samples, first = samples[at:], number + 1
        where = f"seed {seed}, {samples[0].name}, file {number}"
        findings.append(f"{where}: ended with {ended.returncode}\n{ended.stderr[-1500:]}")
    assert not findings, "\n".join(findings)
