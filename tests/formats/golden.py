"""The golden files of exports: what tests/golden/interchange.jsonl is in each format.

usage: python -m tests.formats.golden     writes them again; look at the difference before you commit it
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Final

from annotator.domain.models import Label
from annotator.domain.record import Record
from annotator.formats import About, read, registry, write

GOLDEN: Final = Path(__file__).parent.parent / "golden"
FOLDER: Final = GOLDEN / "exports"
ALL: Final = (
    "brat",
    "conll2002",
    "conll2003",
    "conll2003-levels",
    "corefud",
    "csv",
    "doccano",
    "doccano-relations",
    "html-report",
    "label-studio",
    "labelbuddy",
    "prodigy",
    "uima-json",
    "uima-xmi",
    "web-annotation",
    "webanno-tsv",
)
"""The formats whose bytes are the same on every machine."""


ABOUT: Final = About(
    "golden",
    (
        Label(1, "PERSON", "1", 258, "fill", "name", "The name of a person.", 1),
        Label(2, "ORG", "2", 165, "fill", "name", "A named organisation.", 2),
        Label(3, "DATE", "3", 75, "fill", "date", "A date.", 3),
        Label(4, "ALLEGATION", "4", 25, "band", "claim", "A clause that says who did wrong.", 4),
    ),
    ("same",),
    ("accused", "accuser"),
)


def records() -> list[Record]:
    """The records of which all golden exports are made."""
    return list(read(GOLDEN / "interchange.jsonl").records)


def exported(name: str, folder: Path = FOLDER) -> Path:
    """Where the export in a format stands: a folder, or a file in one, with what belongs to it."""
    format = registry.writer(name)
    return folder / name if format.folder else folder / name / f"set{format.suffixes[0]}"


def write_golden(folder: Path, name: str) -> None:
    """One format in a folder of its own, with what stands beside it."""
    if not registry.writer(name).folder:
        (folder / name).mkdir()
    write(exported(name, folder), records(), name, ABOUT)


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its name."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def main() -> None:
    """Write all of them again."""
    with tempfile.TemporaryDirectory() as place:
        for name in ALL:
            write_golden(Path(place), name)
        shutil.rmtree(FOLDER, ignore_errors=True)
        shutil.copytree(place, FOLDER)


if __name__ == "__main__":
    main()
