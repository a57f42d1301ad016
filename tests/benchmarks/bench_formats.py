"""Every format out of a project, read back as it is written, and in again: time and memory.

usage: python -m tests.benchmarks.bench_formats [W1|W2] [FORMAT...]

Each beside the interchange file of the same run, which is the least that an export does. Work runs
in a process of its own each, so that the largest memory is that of the work.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from annotator import store
from annotator.formats import guarded, registry
from annotator.session.exporting import ExportChoice, export
from annotator.session.importing import import_paths
from tests.benchmarks import measure, workloads
from tests.benchmarks.measure import Alone

DOCBIN_SECONDS, DOCBIN_MEBIBYTES = 60, 500
MEBIBYTES = 300


def main() -> None:
    """Measure the named writers, or every one, on one workload."""
    parser = measure.parser(__doc__ or "")
    parser.add_argument("formats", nargs="*", metavar="FORMAT")
    asked = parser.parse_args()
    name = asked.workload
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        project = place / "project.db"
        source = workloads.write(name, place / f"{name}.jsonl")
        measure.alone(_import, source, project)
        floor = measure.alone(_export, project, place / "floor.jsonl", "jsonl")
        print(
            f"formats: {name}, {source.stat().st_size / 1e6:.1f} MB; jsonl in {floor.time.cpu:.1f} s of processor"
        )
        for format in asked.formats or registry.writers():
            _one(project, place, format, floor)


def _one(project: Path, place: Path, name: str, floor: Alone) -> None:
    format = registry.writer(name)
    target = place / (f"{name}-out" if format.folder else f"{name}-out{format.suffixes[0]}")
    ours = measure.alone(_export, project, target, name)
    limit = DOCBIN_MEBIBYTES if name == "spacy" else MEBIBYTES
    goal = f"; goal {DOCBIN_SECONDS} s" if name == "spacy" else ""
    print(
        f"  {name:<18} out {ours.time.cpu:6.1f} s of processor = {ours.time.cpu / floor.time.cpu:5.1f} x jsonl, "
        f"{ours.time.wall:6.1f} s on the wall{goal}, {ours.mebibytes:4.0f} MiB (goal {limit})",
        flush=True,
    )
    if format.read is not None:
        back = measure.alone(_read, target, name)
        print(f"  {'':<18} in  {back.time.cpu:6.1f} s of processor, {back.mebibytes:4.0f} MiB", flush=True)


def _import(source: Path, project: Path) -> None:
    with store.create(project) as opened:
        assert not import_paths(opened, [source]).refused


def _export(project: Path, out: Path, format: str) -> None:
    with store.open_project(project, read_only=True) as opened:
        export(opened, out, ExportChoice(format=format, spans="all", documents="all"))


def _read(path: Path, format: str) -> None:
    """Here, also what is otherwise read in a process of its own: else that is not measured."""
    for _ in guarded.records(registry.reader(format), path, [], {}):
        pass


if __name__ == "__main__":
    main()
