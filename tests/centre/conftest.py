"""A centre on each of its two registers: the encrypted store, and a PostgreSQL server of the tests' own.

The server is Debian's (``apt-get install postgresql``), started from its package's programs in a private folder, for an
unprivileged user, without a network port. Without it these tests fail: a centre nobody tried is no centre.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

from tests.programme import Programme, build


def programs() -> Path:
    """The folder of the newest PostgreSQL's own programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    if not found and on_path is None:
        pytest.fail("PostgreSQL is not installed: apt-get install postgresql")
    return found[-1].parent if found else Path(on_path or "").parent


class Server:
    """A running server; ``url(name)`` is the SQLAlchemy URL of one of its databases."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._names = count(1)

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://tests@/{name}?host={self.home}"

    def create(self, template: str = "template1") -> str:
        """A new database, copied from another; returns its name."""
        name = f"t{next(self._names)}"
        with psycopg.connect(f"host={self.home} user=tests dbname=postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
        return name


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """PostgreSQL, as long as the tests run."""
    folder, home = programs(), Path(tempfile.mkdtemp(prefix="helpdesk-pg-"))
    as_user: dict[str, str] = {}
    if os.geteuid() == 0:  # the server refuses to run as root
        name = next(user for user in ("postgres", "nobody") if user in {entry.pw_name for entry in pwd.getpwall()})
        shutil.chown(home, name)
        as_user = {"user": name}

    def run(program: str, *arguments: str) -> None:
        subprocess.run((str(folder / program), *arguments), check=True, cwd=home, stdout=subprocess.DEVNULL, **as_user)  # type: ignore[call-overload]

    cluster = str(home / "data")
    run("initdb", "-D", cluster, "-U", "tests", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
    options = f"-c listen_addresses='' -k {home} -c fsync=off -c full_page_writes=off"
    run("pg_ctl", "-D", cluster, "-w", "-o", options, "-l", str(home / "log"), "start")
    try:
        yield Server(home)
    finally:
        run("pg_ctl", "-D", cluster, "-m", "immediate", "stop")
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def ready_on_server(server: Server, tmp_path_factory: pytest.TempPathFactory) -> tuple[Programme, str]:
    """The programme of the other tests with its register on the server, and the database to copy."""
    name = server.create()
    return build(tmp_path_factory.mktemp("programme-pg"), server.url(name)), name


@pytest.fixture(params=["sqlite", "postgresql"])
def programme(request: pytest.FixtureRequest, tmp_path: Path) -> Programme:
    """A centre and two sibling desks, this test's own, on either register."""
    if request.param == "sqlite":
        ready: Programme = request.getfixturevalue("ready_programme")
        return ready.copied(tmp_path / "programme")
    ready, name = request.getfixturevalue("ready_on_server")
    server: Server = request.getfixturevalue("server")
    copied = ready.copied(tmp_path / "programme")
    copied.database = server.url(server.create(name))
    return copied
