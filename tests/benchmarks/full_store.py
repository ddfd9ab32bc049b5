"""A programme whose desk holds a full register: made once by the desk's own commands, kept in ``.benchmarks``.

Everything in it is fictional. A run works on a copy, so that the next one finds the same store.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from helpdesk.centre import desks, founding
from helpdesk.centre.office import Office
from helpdesk.desk import audit
from helpdesk.desk.bundle import ClearanceRule, PayPoint
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import FAMILIES, Role
from helpdesk.exchange import enrolment, installing, programme
from helpdesk.households import commands
from helpdesk.households.forms import Registration
from helpdesk.opening import Desk, NewAccount, make_desk, office_of, open_desk
from helpdesk.vault.keys import KdfCost
from tests.benchmarks import walking
from tests.benchmarks.families import registrations

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".benchmarks"
SHAPED_BY = (
    "helpdesk/vault/migrations/versions/*.py",
    "helpdesk/households/documents.py",
    "tests/benchmarks/families.py",
)
"""Sources that a kept store depends on: when one changes, it is made anew."""

_WALKED_BY = ("helpdesk/journey/*/documents.py", "tests/benchmarks/walking.py", "tests/benchmarks/full_store.py")
"""Sources that the journey in a kept store depends on besides."""

_COST = KdfCost(64 * 1024, 1, 1)
PASSPHRASE = "a bench of many families"
_AT_ONCE = 500
_SPARE = 2000  # numbers left for the families that a run registers itself


@dataclass(frozen=True)
class Programme:
    """The folders of a programme: its centre, its desk, what passed between them, and the desk's store in plain."""

    folder: Path

    @property
    def desk(self) -> Path:
        """The desk's folder."""
        return self.folder / "desk"

    @property
    def centre(self) -> Path:
        """The centre's folder."""
        return self.folder / "centre"

    @property
    def stick(self) -> Path:
        """Where files pass."""
        return self.folder / "stick"

    @property
    def enrolment(self) -> Path:
        """The desk's enrolment."""
        return next(self.stick.glob("enrol/*.fvb"))

    @property
    def plain(self) -> Path:
        """The same rows in a plain SQLite file: the floor."""
        return self.folder / "plain.db"

    def open_desk(self) -> Desk:
        """The desk with its supervisor signed in."""
        return open_desk(self.desk, "supervisor", PASSPHRASE)

    def open_centre(self) -> Office:
        """The centre, on its own store."""
        return office_of(open_desk(self.centre, "centre", PASSPHRASE))


@command("bench.fill", roles=FAMILIES)
def fill(act: Act, forms: list[Registration]) -> None:
    """Register many families in one transaction, each with the audit entry it would have had alone."""
    for form in forms:
        commands.register(act, form)
        audit.append(
            act.connection,
            at=act.at,
            user=act.user.id,
            act="household.register",
            result="done",
            objects=(form.household_id,),
        )
    act.objects.clear()


def full(households: int) -> Programme:
    """The kept programme of so many households, made where it is missing."""
    shape = hashlib.sha256(b"".join(path.read_bytes() for name in SHAPED_BY for path in sorted(ROOT.glob(name))))
    kept = Programme(CACHE / f"{households}-{shape.hexdigest()[:12]}")
    if not (kept.folder / "whole").exists():
        for old in (kept.folder, *CACHE.glob(f"{households}-*")):
            shutil.rmtree(old, ignore_errors=True)
        make(kept.folder, households)
        (kept.folder / "whole").touch()
    return kept


def walked(households: int) -> Programme:
    """The kept programme with families on their way (walking.py), made of the other where it is missing."""
    start = full(households)
    shape = hashlib.sha256(b"".join(path.read_bytes() for name in _WALKED_BY for path in sorted(ROOT.glob(name))))
    kept = Programme(CACHE / f"walked-{start.folder.name}-{shape.hexdigest()[:12]}")
    if not (kept.folder / "whole").exists():
        for old in CACHE.glob(f"walked-{households}-*"):
            shutil.rmtree(old, ignore_errors=True)
        shutil.copytree(start.folder, kept.folder, ignore=lambda _folder, names: {"whole", "plain.db"} & set(names))
        desk = kept.open_desk()
        walking.walk(desk, households)
        _write_plain(desk, kept.plain)
        desk.close()
        (kept.folder / "whole").touch()
    return kept


def copy(kept: Programme, folder: Path) -> Programme:
    """A programme to work on."""
    shutil.copytree(kept.folder, folder)
    return Programme(folder)


def make(folder: Path, households: int) -> Programme:
    """Found a programme, enrol a desk and register its families: five persons to a household, or a few more."""
    made = found(folder, 1 + (households * 11 // 10 + _SPARE) // desks.BLOCK)
    desk = made.open_desk()
    forms = registrations(households, 5 * households)
    done = 0
    while batch := list(islice(forms, _AT_ONCE)):
        desk.do(fill, batch)
        done += len(batch)
        print(f"\rmaking a full store: {done} households", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    _write_plain(desk, made.plain)
    desk.close()
    return made


def found(folder: Path, blocks: int) -> Programme:
    """A centre and an enrolled desk with so many blocks of numbers, and nobody registered."""
    made = Programme(folder)
    (made.stick / "enrol").mkdir(parents=True)
    founded = founding.found("Benchmark", practice=True)
    path = made.stick / "programme.json"
    programme.write_programme(path, founded.programme, founded.roots[:2])
    keys = programme.read_programme(path)
    centre = [NewAccount("centre", Role.CENTRE, PASSPHRASE)]
    make_desk(made.centre, keys, centre, cost=_COST, founding=founded)
    accounts = [
        NewAccount("administrator", Role.ADMINISTRATOR, PASSPHRASE),
        NewAccount("supervisor", Role.SUPERVISOR, PASSPHRASE),
    ]
    make_desk(made.desk, keys, accounts, cost=_COST)
    administrator = open_desk(made.desk, "administrator", PASSPHRASE)
    enrolment.enrol(administrator, "Benchmark", "DIS", made.stick / "enrol")
    administrator.close()
    office = made.open_centre()
    desk_number = desks.enrol(office, made.enrolment, None).number
    ways = (ClearanceRule("", "", walking.AUTHORITIES),)
    terms = desks.BundleTerms(pay_points=(PayPoint(1, "Office"),), blocks=blocks, clearances=ways)
    bundle = desks.write_bundle(office, desk_number, terms, made.stick)
    desk = made.open_desk()
    installing.install(desk, bundle.path)
    desk.close()
    close(office)
    return made


def close(office: Office) -> None:
    """Let go of a centre's folder and its server."""
    gate = office.gate
    if office.register is not gate.store:
        office.register.close()
    assert isinstance(gate, Desk)
    gate.close()


def _write_plain(desk: Desk, path: Path) -> None:
    # SQLCipher itself copies schema, rows, indexes and search tables into a file without encryption
    raw = desk.store.engine.raw_connection()
    try:
        driver = raw.driver_connection
        assert isinstance(driver, sqlcipher.Connection)
        driver.execute("ATTACH DATABASE ? AS plain KEY ''", (str(path),))
        driver.execute("SELECT sqlcipher_export('plain')")
        driver.execute("DETACH DATABASE plain")
    finally:
        raw.close()
