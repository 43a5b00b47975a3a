"""What must hold for the whole tree: who may touch the disk, the network, the clock and chance; and what stays out.

Who may import whom is the import contract in pyproject.toml, run by `make lint`.
"""

from __future__ import annotations

import ast
import builtins
import pkgutil
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import ebbtide
from ebbtide import errors

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "ebbtide"
MODULES = sorted(PACKAGE.rglob("*.py"))

MOST_LINES = 450
NETWORK = {
    *("socket", "socketserver", "ssl", "http", "urllib.request", "asyncio", "ftplib", "smtplib", "xmlrpc"),
    *("requests", "httpx", "aiohttp", "urllib3", "websockets", "webbrowser", "uvicorn", "starlette"),
}
MAY_USE_NETWORK = {"web", "cohort"}
DISK = {"os", "pathlib", "shutil", "tempfile", "zipfile", "tarfile", "glob", "sqlite3", "fileinput", "mmap"}
#: Of these modules, names that touch no disk.
HARMLESS = {"pathlib.PurePath", "pathlib.PurePosixPath", "os.PathLike", "os.strerror"}
#: The importers read exports; the commands write what was asked for. Packaged data comes through importlib.resources.
MAY_USE_DISK = {"importers", "cli", "vault"}
MAY_READ_CLOCK = {"cli", "importers"}
CLOCK = {
    *("datetime.now", "datetime.utcnow", "datetime.today", "date.today"),
    *("time.time", "time.time_ns", "time.monotonic", "time.perf_counter", "time.localtime", "time.gmtime"),
}
SEEDED = {"default_rng", "Generator", "SeedSequence", "BitGenerator", "PCG64"}


def room(path: Path) -> str:
    """The first noun below the package: the file or folder a module belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def imported(path: Path) -> Iterator[str]:
    """Every name imported, with its module: "pathlib.Path", "socket"."""
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def called(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call, by the dotted name of what is called."""
    return ((ast.unparse(n.func), n) for n in nodes(path) if isinstance(n, ast.Call))


def within(name: str, modules: set[str]) -> bool:
    return any(name == m or name.startswith(f"{m}.") for m in modules)


def outside(allowed: set[str]) -> list[Path]:
    return [p for p in MODULES if room(p) not in allowed]


def found(pairs: Iterator[tuple[Path, str]]) -> list[str]:
    return sorted({f"{path.relative_to(ROOT)}: {name}" for path, name in pairs})


def test_only_web_and_cohort_may_open_sockets() -> None:
    assert not found((p, n) for p in outside(MAY_USE_NETWORK) for n in imported(p) if within(n, NETWORK))


def test_only_importers_and_commands_touch_the_disk() -> None:
    rooms = outside(MAY_USE_DISK)
    assert not found((p, n) for p in rooms for n in imported(p) if within(n, DISK) and not within(n, HARMLESS))
    touching = re.compile(
        r"^open$|^(pl|polars)\.(read|scan)_|^(np|numpy)\.(load|save|fromfile|memmap|genfromtxt)"
        r"|\.(write|sink)_(parquet|csv|ndjson|json|ipc)$"
    )
    assert not found((p, n) for p in rooms for n, call in called(p) if touching.search(n) and not in_memory(call))


def in_memory(call: ast.Call) -> bool:
    """Whether what is read are bytes at hand, such as those of packaged data."""
    return bool(call.args) and ast.unparse(call.args[0]).startswith("BytesIO(")


def test_only_commands_read_the_clock() -> None:
    rooms = outside(MAY_READ_CLOCK)
    assert not found(
        (p, n) for p in rooms for n, _ in called(p) if n in CLOCK or any(n.endswith(f".{c}") for c in CLOCK)
    )


def test_chance_is_always_seeded() -> None:
    assert not found((p, n) for p in MODULES for n in imported(p) if within(n, {"random", "secrets"}))
    legacy = re.compile(r"^(np|numpy)\.random\.(\w+)$")
    calls = [(p, n, call) for p in MODULES for n, call in called(p)]
    assert not found((p, n) for p, n, _ in calls if (m := legacy.match(n)) and m[2] not in SEEDED)
    assert not found((p, n) for p, n, call in calls if n.endswith("default_rng") and not (call.args or call.keywords))


def test_only_our_own_exceptions_are_raised() -> None:
    builtin = {n for n, v in vars(builtins).items() if isinstance(v, type) and issubclass(v, BaseException)}
    raised = ((p, n.exc) for p in MODULES if p != PACKAGE / "__init__.py" for n in nodes(p) if isinstance(n, ast.Raise))
    named = ((p, ast.unparse(e.func if isinstance(e, ast.Call) else e)) for p, e in raised if e is not None)
    assert not found((p, n) for p, n in named if n in builtin)


def test_nothing_is_printed_or_logged_by_the_library() -> None:
    rooms = outside({"cli"})
    assert not found((p, n) for p in rooms for n in imported(p) if within(n, {"logging", "warnings", "sys"}))
    assert not found((p, n) for p in rooms for n, _ in called(p) if n in {"print", "pprint"})


def test_every_exception_stands_in_the_tree_at_the_top_of_its_file() -> None:
    made = {n for n, v in vars(errors).items() if isinstance(v, type) and issubclass(v, Exception)}
    drawn = set(re.findall(r"[A-Z]\w+", (errors.__doc__ or "").partition("\n\n")[2].partition("\n\n")[0]))
    assert made <= drawn


@pytest.mark.parametrize("name", sorted(ebbtide.__all__))
def test_every_public_name_can_be_had(name: str) -> None:
    assert getattr(ebbtide, name) is not None


def test_no_public_verb_is_shadowed_by_a_module_of_its_name() -> None:
    modules = {m.name for m in pkgutil.iter_modules(ebbtide.__path__)}
    assert modules & set(ebbtide.__all__) <= {"errors", "report"}
    assert dir(ebbtide) == sorted(ebbtide.__all__)


def test_files_stay_short() -> None:
    folders = [ROOT / name for name in ("src", "validation", "benchmarks")]
    long = {p: len(p.read_text(encoding="utf-8").splitlines()) for folder in folders for p in folder.rglob("*.py")}
    assert not {str(p.relative_to(ROOT)): n for p, n in long.items() if n > MOST_LINES}


def tracked() -> list[Path]:
    """The files under version control."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a checkout")
    return [path for name in listed.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]


def test_no_path_of_somebodys_machine_is_in_the_tree() -> None:
    personal = re.compile(
        "|".join([rf"/{'home'}/[a-z]", rf"/{'Users'}/[A-Za-z]", rf"/{'root'}/", rf"/{'work'}/", rf"/{'opt'}/"]).encode()
    )
    assert not [str(p.relative_to(ROOT)) for p in tracked() if personal.search(p.read_bytes())]


@pytest.mark.parametrize("lock", ["base.txt", "dev.txt", "bench.txt", "train.txt"])
def test_locks_name_versions_and_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert "://" not in text
    assert all(re.match(r"[a-z0-9-]+==\S+ (;.* )?\\$|    --hash=sha256:[0-9a-f]{64}( \\)?$", line) for line in lines)


def test_readme_starts_with_the_two_commands() -> None:
    commands = re.findall(r"^\s*make (\w+)", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert commands[:2] == ["demo", "test"]
