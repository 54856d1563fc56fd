from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from notes_tui import settings

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    [built] = folder.glob("*.whl")
    return built


def test_the_wheel_holds_the_bundled_library_and_every_data_file(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for slug in settings.BUNDLED:
        assert f"notes_tui/library/{slug}.yaml" in names
    data_files = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "notes_tui").rglob("*")
        if path.is_file() and path.suffix not in (".pyc",) and "__pycache__" not in path.parts
    }
    assert data_files <= names
    assert not [name for name in names if "convert" in name or name.startswith(("tests/", "docs/"))]


def test_an_installed_wheel_makes_a_home_with_the_bundled_library(wheel: Path, tmp_path: Path) -> None:
    unpacked = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(unpacked)
    made = subprocess.run(
        [sys.executable, "-m", "notes_tui", "init", "--json", "--home", str(tmp_path / "home")],
        cwd=unpacked,
        env={"PYTHONPATH": str(unpacked), "PATH": "", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert '"items": 221' in made.stdout


def test_the_bundled_library_is_found_in_a_checkout() -> None:
    assert [name for name, _ in settings.bundled_texts()] == [f"{slug}.yaml" for slug in settings.BUNDLED]


def test_everything_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = _names_of(project["dependencies"])
    extras = {extra: _names_of(each) for extra, each in project["optional-dependencies"].items()}
    distributions = {"yaml": "pyyaml", "markdown_it": "markdown-it-py", "sqlite_utils": "sqlite-utils"}
    ours = {"notes_tui", "__future__"} | sys.stdlib_module_names
    imported = set()
    for path in (ROOT / "notes_tui").rglob("*.py"):
        for found in re.finditer(r"^\s*(?:from|import) ([a-z_0-9]+)", path.read_text("utf-8"), re.MULTILINE):
            imported.add(found[1])
    third_party = {name for name in imported if name not in ours}
    assert {distributions.get(name, name).replace("_", "-") for name in third_party} <= names | extras["all"]
    assert all(
        each <= extras["all"] and each <= extras["dev"] for name, each in extras.items() if name != "dev"
    )
    assert names <= {distributions.get(name, name).replace("_", "-") for name in third_party}


def _names_of(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=!~\[]", each)[0].lower().replace("_", "-") for each in requirements}


def test_the_constraints_name_versions_only() -> None:
    for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines():
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.]*", line), line
