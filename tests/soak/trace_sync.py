"""The log is synced before each acknowledgement: seen in the system calls of a program at work.

usage: python -m tests.soak.trace_sync     (needs strace)

A program decides, undoes, imports and suggests, and writes a line once an act is acknowledged. For
each line, everything that was written to the log since the last one must have been synced before it.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from annotator import store
from tests.store.making import put, sample

ACTS = 300
ROOT = Path(__file__).resolve().parents[2]
CALL = re.compile(r"(?P<name>\w+)\((?P<number>\d+)(?:<(?P<file>[^>]*)>)?(?P<rest>.*)")
CALLS = "pwrite64,write,fsync,fdatasync"


def main() -> int:
    """Trace, judge, print what was seen; 1 where a line came before its sync."""
    if shutil.which("strace") is None:
        sys.stderr.write("The trace needs strace: sudo apt install strace\n")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "p.db"
        with store.create(project) as opened:
            put(opened, *sample())
        lines = _trace(project, Path(folder) / "trace")
    counts, early = judge(lines, f"{project.name}-wal")
    sys.stdout.write(
        f"{counts['lines']} acknowledgements: {counts['writes']} writes to the log, {counts['syncs']} syncs of it; "
        f"{early} acknowledged before the sync\n"
    )
    return int(early > 0 or counts["syncs"] < counts["lines"] // 2)


def _trace(project: Path, out: Path) -> list[str]:
    work = [sys.executable, "-m", "tests.store.working", str(project), "kim", "1", str(ACTS)]
    command = ["strace", "--decode-fds=path", f"--trace={CALLS}", "-o", str(out), *work]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return out.read_text(encoding="utf-8", errors="replace").splitlines()


def judge(lines: list[str], log: str) -> tuple[Counter[str], int]:
    """What was seen, and how many acknowledgements came while writes to the log were not synced."""
    counts: Counter[str] = Counter()
    early, dirty = 0, False
    for line in lines:
        call = CALL.match(line)
        if call is None:
            continue
        of_log = (call["file"] or "").endswith(log)
        if call["name"] == "pwrite64" and of_log:
            counts["writes"] += 1
            dirty = True
        elif call["name"] in ("fsync", "fdatasync") and of_log:
            counts["syncs"] += 1
            dirty = False
        elif call["name"] == "write" and call["number"] == "1" and "refused" not in call["rest"]:
            counts["lines"] += 1
            early += dirty
    return counts, early


if __name__ == "__main__":
    sys.exit(main())
