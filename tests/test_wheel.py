"""The built wheel alone: everything the product needs at run time is in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def ran(*command: object, **settings: str) -> str:
    """Standard output of a command; its standard error if it fails."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "EBBTIDE"))} | settings
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without the network."""
    folder = tmp_path_factory.mktemp("dist")
    ran(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel in it, and the dependencies of this one without its editable install."""
    folder = tmp_path_factory.mktemp("fresh")
    ran(sys.executable, "-m", "venv", "--without-pip", folder)
    made = folder / "bin" / "python"
    site = Path(ran(made, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    ran(sys.executable, "-m", "pip", "install", "-qq", "--no-deps", "--no-index", "--target", site, wheel)
    borrowed = folder / "borrowed"
    borrowed.mkdir()
    for path in Path(sysconfig.get_path("purelib")).iterdir():
        if "ebbtide" not in path.name and path.suffix != ".pth":
            (borrowed / path.name).symlink_to(path)
    (site / "borrowed.pth").write_text(str(borrowed))
    return made


def test_the_wheel_alone_runs_the_demo_and_reads_its_export(python: Path, tmp_path: Path) -> None:
    where = ran(python, "-c", "import ebbtide; print(ebbtide.__file__)", PYTHONSAFEPATH="1")
    assert where.startswith(str(python.parent.parent))
    command = (python, "-c", "from ebbtide.cli import main; main()")
    assert "Sam has been quiet" in " ".join(ran(*command, "demo", "--out", tmp_path).split())
    assert (tmp_path / "report.html").stat().st_size > 10_000
    reading = json.loads(ran(*command, "read", tmp_path / "chat.txt", "--me", "Jo", "--json"))
    assert reading["advice"]
    assert reading["episodes"]


def test_the_wheel_holds_every_packaged_file_and_nothing_else(wheel: Path) -> None:
    package = ROOT / "src" / "ebbtide"
    names = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("ebbtide/")}
    expected = {f"ebbtide/{p.relative_to(package).as_posix()}" for p in package.rglob("*") if p.is_file()}
    assert {n for n in names if "__pycache__" not in n} == {n for n in expected if "__pycache__" not in n}
    assert not {n for n in names if "__pycache__" in n}
