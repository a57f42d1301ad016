"""What a user installs: pins that match the project, and a wheel with everything in it."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import annotator

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME = PROJECT["project"]["dependencies"] + PROJECT["build-system"]["requires"]
DEVELOPMENT = RUNTIME + PROJECT["project"]["optional-dependencies"]["dev"]
PINS = {"requirements.txt": RUNTIME, "requirements-dev.txt": DEVELOPMENT}


def _pins(name: str) -> dict[str, list[Requirement]]:
    text = (ROOT / name).read_text(encoding="utf-8")
    pins: dict[str, list[Requirement]] = {}
    for line in re.findall(r"^([^\s#].*?) \\$", text, re.MULTILINE):
        pin = Requirement(line)
        pins.setdefault(canonicalize_name(pin.name), []).append(pin)
    return pins


@pytest.mark.parametrize("name", PINS)
def test_pins_fulfil_what_the_project_asks_for(name: str) -> None:
    """`make pins` was run after the last change of pyproject.toml."""
    pins = _pins(name)
    for asked in map(Requirement, PINS[name]):
        found = pins[canonicalize_name(asked.name)]
        versions = [next(iter(pin.specifier)).version for pin in found]
        assert all(asked.specifier.contains(version) for version in versions), asked


@pytest.mark.parametrize("name", PINS)
def test_pins_are_exact_and_hashed(name: str) -> None:
    """Each pin is one version and carries at least one hash."""
    entries = re.split(r"\n(?=[^\s#])", (ROOT / name).read_text(encoding="utf-8").strip())
    entries = [entry for entry in entries if not entry.startswith("#")]
    assert entries
    assert [entry for entry in entries if not re.match(r"\S+==\S+.*\\\n\s+--hash=sha256:", entry)] == []


def test_both_sets_of_pins_agree() -> None:
    """`make run` and `make test` share one environment: a package has the same version in both."""
    development = _pins("requirements-dev.txt")
    for name, pins in _pins("requirements.txt").items():
        assert {str(pin.specifier) for pin in pins} == {str(pin.specifier) for pin in development[name]}


def test_the_build_backend_is_pinned_as_well() -> None:
    """The extra `build` repeats what the build system asks for."""
    assert PROJECT["project"]["optional-dependencies"]["build"] == PROJECT["build-system"]["requires"]


def test_our_components_have_entry_points() -> None:
    """Each spaCy factory of the package is found by name in anyone's pipeline."""
    sources = (ROOT / "annotator" / "suggest").rglob("*.py")
    factories = {
        name
        for source in sources
        for name in re.findall(
            r'@Language\.(?:factory|component)\(\s*"(\w+)"', source.read_text(encoding="utf-8")
        )
    }
    assert factories == set(PROJECT["project"]["entry-points"]["spacy_factories"])


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built offline by the pinned backend and unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob(f"annotator-{annotator.__version__}-*.whl")
    with zipfile.ZipFile(built) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_the_wheel_carries_every_file(wheel: Path) -> None:
    """Code, resources and data, and the licence."""
    for folder, inside in (("annotator", "."), ("resources", "resources"), ("data", "data")):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                assert (wheel / "annotator" / inside / path.relative_to(ROOT / folder)).is_file(), path
    assert list(wheel.glob("*.dist-info/licenses/LICENSE"))
    assert not (wheel / "tests").exists()


def test_the_installed_wheel_finds_its_own_files(wheel: Path, tmp_path: Path) -> None:
    """`paths` looks in the package, not in a checkout that happens to be around."""
    ask = "from annotator import paths; print(paths.resources()); print(paths.data())"
    told = subprocess.run(
        [sys.executable, "-c", ask],
        cwd=tmp_path,
        env={"PYTHONPATH": str(wheel)},
        check=True,
        capture_output=True,
        text=True,
    )
    assert told.stdout.split() == [str(wheel / "annotator" / name) for name in ("resources", "data")]
