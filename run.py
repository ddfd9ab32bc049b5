"""Set-up and start: ``python3 run.py ARGS`` makes what is missing, then runs ``main.py ARGS`` in its environment.

It makes ``.venv`` from the locks, compiles the catalogues and names (as root: installs) missing Debian packages.
Standard library only; it never touches a desk's folder, and what it says goes to stderr, so that the program's
own output stays clean.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

if sys.platform != "win32":
    import fcntl

ROOT = Path(__file__).resolve().parent
LOCK = "requirements.lock"
TEST_LOCK = "requirements-test.lock"
CATALOGUES = "resources/locale/*/LC_MESSAGES/helpdesk.po"

# What a bare Debian lacks for Qt, measured; Debian 13 has some of them under a new name that provides the old one.
OFFSCREEN = ("libglib2.0-0", "libegl1", "libgl1", "libdbus-1-3", "libfontconfig1", "libxkbcommon0")
SCREEN = ("libxcb-cursor0", "libxkbcommon-x11-0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-shape0")
TESTS = ("xvfb", "xauth", "poppler-utils", "age", "zstd", "postgresql", "unicode-data")
WITH_VALUE = ("--folder", "--user", "--passphrase-file", "--language")
"""Global options of ``main.py`` that take the next word as their value."""


class SetUpError(Exception):
    """Set-up cannot go on; the text says why and what to do. Exit code 3."""


@dataclass(frozen=True)
class Plan:
    """What one command line needs, and what it starts: arguments of the environment's Python."""

    start: tuple[str, ...]
    system: tuple[str, ...] = ()
    tests: bool = False
    at_root: bool = False


def plan(arguments: Sequence[str], platform: str = "") -> Plan:
    """The plan for ``run.py ARGUMENTS``; ``platform`` is Qt's (QT_QPA_PLATFORM), empty for a screen."""
    command, rest = (arguments[0], tuple(arguments[1:])) if arguments else ("", ())
    if command == "test":
        return Plan(("-m", "pytest", *_spread(rest), *rest), OFFSCREEN + SCREEN + TESTS, tests=True, at_root=True)
    if command == "bench":
        return Plan(("-m", "tests.benchmarks", *rest), OFFSCREEN + SCREEN + TESTS, tests=True, at_root=True)
    start = (str(ROOT / "main.py"), *arguments)
    if command == "pictures":
        return Plan(start, OFFSCREEN)
    if opens_window(arguments):
        return Plan(start, OFFSCREEN if platform == "offscreen" else OFFSCREEN + SCREEN)
    return Plan(start)


def opens_window(arguments: Sequence[str]) -> bool:
    """Does ``main.py ARGUMENTS`` open the window? Without a command, and for practice that is not headless."""
    if "--help" in arguments:
        return False
    words = iter(arguments)
    for word in words:
        if word in WITH_VALUE:
            next(words, None)
        elif not word.startswith("-"):
            return word == "practice" and "--headless" not in arguments
    return True


def _spread(rest: Sequence[str]) -> tuple[str, ...]:
    # one named test starts faster alone; anything more pays for a second worker
    if any(word.startswith(("-n", "--numprocesses", "--pdb")) or "::" in word for word in rest):
        return ()
    return ("-n", "auto", "--maxprocesses", "8", "--dist", "loadgroup")


# ---------------------------------------------------------------- Debian packages


def absent(names: Iterable[str], listing: str) -> list[str]:
    """Which of ``names`` are neither installed nor provided, by dpkg-query's ``status|package|provides`` lines."""
    there: set[str] = set()
    for line in listing.splitlines():
        status, _, rest = line.partition("|")
        package, _, provides = rest.partition("|")
        if status == "installed":
            there.add(package)
            there.update(offer.split("(")[0].strip() for offer in provides.split(","))
    return [name for name in names if name not in there]


def _dpkg_listing() -> str:
    query = ("dpkg-query", "-W", "-f", "${db:Status-Status}|${Package}|${Provides}\n")
    return subprocess.run(query, check=False, capture_output=True, text=True).stdout


def ensure_packages(names: Sequence[str]) -> None:
    """Install what is missing as root, otherwise name the one command; elsewhere than on Debian do nothing.

    Raises SetUpError.
    """
    if not names or not shutil.which("dpkg-query"):
        return
    missing = absent(names, _dpkg_listing())
    if not missing:
        return
    install = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if os.geteuid() != 0:
        raise SetUpError(
            "System packages are missing. Please run this once, then start again:\n\n"
            f"    sudo apt-get update && sudo {' '.join(install)}\n"
        )
    _say(f"Installing system packages: {' '.join(missing)}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-q"], install):
        if subprocess.run(command, check=False, env=quiet, stdout=sys.stderr).returncode:
            raise SetUpError(f"This did not succeed; please see above: {' '.join(command)}")


# ---------------------------------------------------------------- the environment


@dataclass(frozen=True)
class House:
    """A checkout and its environment."""

    root: Path

    @property
    def venv(self) -> Path:
        """The environment's folder."""
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        """The environment's Python."""
        return self.venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def stamp(self) -> Path:
        """Written last, removed before any change: without it the environment is nobody's."""
        return self.venv / "ready.json"

    def digest(self, pattern: str) -> str:
        """SHA-256 over the names and bytes of the files that match."""
        sum_ = hashlib.sha256()
        for path in sorted(self.root.glob(pattern)):
            content = path.read_bytes()
            sum_.update(f"{path.relative_to(self.root).as_posix()}\0{len(content)}\0".encode() + content)
        return sum_.hexdigest()

    def packages(self) -> set[str]:
        """Names and versions of what is installed, as the environment's folder shows them."""
        pattern = "Lib/site-packages" if os.name == "nt" else "lib/python3*/site-packages"
        return {path.name for site in self.venv.glob(pattern) for path in site.glob("*.dist-info")}

    def standing(self) -> dict[str, object]:
        """What the stamp says, or nothing at all when the environment is not whole."""
        try:
            said = json.loads(self.stamp.read_text(encoding="utf-8"))
            whole = said["base"] == _base(self.python) and self.packages() >= set(said["packages"])
        except (OSError, ValueError, KeyError, TypeError):
            return {}
        return said if whole else {}

    def write_stamp(self, tests: bool) -> None:
        """Say that the environment is whole and what it was made from."""
        said = {
            "base": _base(self.python),
            "packages": sorted(self.packages()),
            "lock": self.digest(LOCK),
            "test lock": self.digest(TEST_LOCK) if tests else "",
            "catalogues": self.digest(CATALOGUES),
        }
        fresh = self.stamp.with_suffix(".new")
        fresh.write_text(json.dumps(said, indent=1), encoding="utf-8")
        fresh.replace(self.stamp)

    def needs(self, tests: bool) -> list[str]:
        """Which steps of set-up are due: ``make``, ``install``, ``compile``."""
        said = self.standing()
        if not said:
            return ["make", "install", "compile"]
        steps = []
        if said.get("lock") != self.digest(LOCK) or (tests and said.get("test lock") != self.digest(TEST_LOCK)):
            steps.append("install")
        compiled = all(path.with_suffix(".mo").exists() for path in self.root.glob(CATALOGUES))
        if said.get("catalogues") != self.digest(CATALOGUES) or not compiled:
            steps.append("compile")
        return steps


def _base(python: Path) -> str:
    # the interpreter behind the environment: gone or another one after an upgrade of the system
    return os.path.realpath(python) if python.exists() else ""


def set_up(house: House, tests: bool) -> None:
    """Bring the environment up to the locks and catalogues. Raises SetUpError."""
    steps = house.needs(tests)
    if not steps:
        return
    with _alone(house.root):
        steps = house.needs(tests)  # somebody else may have done it while we waited
        tests = tests or bool(house.standing().get("test lock"))
        if "make" in steps:
            _make(house)
        if "install" in steps:
            house.stamp.unlink(missing_ok=True)
            _install(house, [LOCK, TEST_LOCK] if tests else [LOCK])
        if "compile" in steps:
            compile_ = [str(house.python), "-m", "helpdesk.core.catalogues", "compile"]
            _run(compile_, "The catalogues cannot be compiled.", cwd=house.root)
        if steps:
            house.write_stamp(tests)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    # two starts at once: the second waits and finds everything done
    if sys.platform == "win32":
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _make(house: House) -> None:
    if house.venv.exists():
        _say("The environment in .venv is not whole; making it again.")
        shutil.rmtree(house.venv)
    if importlib.util.find_spec("ensurepip") is None:
        ensure_packages([f"python3.{sys.version_info.minor}-venv"])
    base = getattr(sys, "_base_executable", None) or sys.executable
    _run([base, "-m", "venv", str(house.venv)], "Python cannot make an environment in .venv.")


def _install(house: House, locks: Sequence[str]) -> None:
    _say("Installing the program's libraries; the first time this takes a few minutes.")
    command = [str(house.python), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    command += ["--require-hashes", "--no-deps", "--only-binary", ":all:"]
    if not sys.stderr.isatty():
        command.append("--quiet")
    wheels = house.root / "wheels"
    if wheels.is_dir():
        command += ["--no-index", "--find-links", str(wheels)]
    for lock in locks:
        command += ["--requirement", str(house.root / lock)]
    _run(command, "The libraries cannot be installed; the network or the folder wheels/ is needed once.")


def _run(command: Sequence[str], failure: str, cwd: Path | None = None) -> None:
    if subprocess.run(command, check=False, stdout=sys.stderr, cwd=cwd).returncode:
        raise SetUpError(f"{failure} Please see above.")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main(arguments: Sequence[str]) -> int:
    """Set up what is due, then become the program. Returns 3 when set-up cannot go on."""
    if sys.version_info < (3, 11):  # noqa: UP036 - whoever starts it with an older one must be told
        _say("setup: Python 3.11 or newer is needed.")
        return 3
    chosen = plan(arguments, os.environ.get("QT_QPA_PLATFORM", ""))
    house = House(ROOT)
    try:
        ensure_packages(chosen.system)
        set_up(house, chosen.tests)
    except SetUpError as error:
        _say(f"setup: {error}")
        return 3
    except KeyboardInterrupt:
        return 130
    if chosen.at_root:
        os.chdir(ROOT)
    command = [str(house.python), *chosen.start]
    if os.name != "nt":
        os.execv(command[0], command)  # noqa: S606 - becomes the program: one process, its own signals
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
