"""``desk``: make a desk and its enrolment, keep its users, install what the centre sent, and say how it stands.

Passphrases it makes are printed once and kept nowhere.
"""

from __future__ import annotations

import tempfile
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer
from msgspec import Struct

from helpdesk.cli.batch import install_file
from helpdesk.cli.door import Door, door_of
from helpdesk.cli.session import as_document, confirmed, desk_of, new_passphrase, other_passphrase, read_json
from helpdesk.core.clock import SystemClock
from helpdesk.core.errors import Refusal
from helpdesk.core.files import put_in_place
from helpdesk.core.language import Words, isolate, isolate_ltr
from helpdesk.core.text import clean
from helpdesk.desk import folder, users
from helpdesk.desk.bundle import ProgrammeKeys
from helpdesk.desk.commands import Gate
from helpdesk.desk.roles import EVERYBODY, Role
from helpdesk.exchange import batches, enrolment
from helpdesk.exchange.programme import fingerprint, read_programme
from helpdesk.households.counts import free_numbers
from helpdesk.households.queries import lists_age
from helpdesk.opening import NewAccount, make_desk, open_desk
from helpdesk.vault.keys import measure_cost, random_passphrase

app: Final = typer.Typer(name="desk", help="Make a desk, keep its users, install files.", rich_markup_mode=None)
users_app: Final = typer.Typer(name="users", help="The people with an account here.", rich_markup_mode=None)
app.add_typer(users_app)
FILE_SUFFIX: Final = ".fvb"


class Side(StrEnum):
    """Where a desk stands: where families are displaced, or where they return to."""

    DIS = "DIS"
    RET = "RET"


class GivenUser(Struct, frozen=True, forbid_unknown_fields=True):
    """One entry of a users file."""

    name: str
    role: Role
    passphrase: str


class MadeDesk(Struct, frozen=True):
    """The answer to ``init``: ``passphrases`` by user name, only those that were made here."""

    folder: str
    enrolment: str
    identity: str
    passphrases: dict[str, str]


class DeskStatus(Struct, frozen=True):
    """The answer to ``status``: ``lists_age`` in days, None before the first bundle."""

    unacknowledged: batches.Unacknowledged
    lists_age: int | None
    free_numbers: dict[str, int]


SideOption = Annotated[Side, typer.Option(help="DIS where families are displaced, RET where they return to.")]
NameOption = Annotated[str, typer.Option(help="The desk's name, for the centre.")]
OutOption = Annotated[Path, typer.Option(help="The enrolment: a folder, or a file ending in .fvb.")]


@app.command("init")
def init(
    context: typer.Context,
    programme: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="The centre's programme.json.")],
    out: OutOption,
    name: NameOption,
    side: SideOption,
    with_user: Annotated[list[str] | None, typer.Option(metavar="NAME:ROLE", help="One more account.")] = None,
    users_file: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="JSON: name, role, passphrase of each account.")
    ] = None,
    eight_words: Annotated[
        str | None, typer.Option("--fingerprint", help="The programme's eight words, as the centre told them.")
    ] = None,
) -> None:
    """Make a desk in --folder; --user becomes its administrator. Then carry the enrolment to the centre."""
    door = door_of(context)
    made = dict(_made_user(text) for text in with_user or ())
    given = as_document(read_json(users_file), tuple[GivenUser, ...], users_file) if users_file else ()
    keys = read_programme(programme)
    _compare(door, keys, eight_words)
    if not clean(name):
        raise Refusal("desk.name")
    _enrolment_folder(out)
    if folder.looks_at(door.folder, SystemClock()).exists:
        raise Refusal("folder.taken")
    administrator = NewAccount(door.user(), Role.ADMINISTRATOR, new_passphrase(door))
    passphrases = {user: random_passphrase() for user in made}
    accounts = [
        administrator,
        *(NewAccount(user, role, passphrases[user]) for user, role in made.items()),
        *(NewAccount(user.name, user.role, user.passphrase) for user in given),
    ]
    make_desk(door.folder, keys, accounts, cost=measure_cost())
    desk = open_desk(door.folder, administrator.name, administrator.passphrase)
    try:
        path, identity = _enrolled(desk, name, side, out)
    finally:
        desk.close()
    words = door.words
    door.answer(
        MadeDesk(str(door.folder), str(path), identity, passphrases),
        words("The desk was made in {folder}.", folder=isolate_ltr(str(door.folder))),
        words("Carry its enrolment to the centre: {file}", file=isolate_ltr(str(path))),
        *_passphrase_lines(words, passphrases),
    )


@app.command("enrol")
def enrol(context: typer.Context, out: OutOption, name: NameOption, side: SideOption) -> None:
    """Write the enrolment of a desk whose making was interrupted before it was written."""
    _enrolment_folder(out)
    with desk_of(context) as (door, desk):
        path, identity = _enrolled(desk, name, side, out)
        door.answer({"enrolment": str(path), "identity": identity}, str(path))


def _made_user(text: str) -> tuple[str, Role]:
    name, _, role = text.rpartition(":")
    if not clean(name) or role not in EVERYBODY:
        allowed = ", ".join(role.value for role in EVERYBODY)
        raise typer.BadParameter(f"NAME:ROLE, the role one of {allowed}", param_hint="--with-user")
    return clean(name), Role(role)


def _compare(door: Door, programme: ProgrammeKeys, eight_words: str | None) -> None:
    """Whether this is the programme the centre told of. Raises Refusal("programme.fingerprint" | "cli.no_answer")."""
    words, own = door.words, fingerprint(programme)
    if eight_words is not None:
        same = eight_words.casefold().split() == own
    else:
        said = words("The programme {name} has these eight words:", name=isolate(programme.programme))
        question = words("Did the centre tell you the same eight words?")
        same = confirmed(door, f"{said}\n    {' '.join(own)}", question)
    if not same:
        raise Refusal("programme.fingerprint")


def _enrolment_folder(out: Path) -> Path:
    """The folder the enrolment goes into. Raises Refusal("cli.out_folder", folder=...)."""
    into = out.parent if out.suffix == FILE_SUFFIX else out
    if not into.is_dir():
        raise Refusal("cli.out_folder", folder=into.name)
    return into


def _enrolled(desk: Gate, name: str, side: Side, out: Path) -> tuple[Path, str]:
    into = _enrolment_folder(out)
    with tempfile.TemporaryDirectory(dir=into, prefix=".enrolment-") as working:
        written = enrolment.enrol(desk, name, side.value, Path(working))
        path = out if out.suffix == FILE_SUFFIX else out / written.path.name
        put_in_place(written.path, path)
    return path, written.identity


def _passphrase_lines(words: Words, passphrases: dict[str, str]) -> list[str]:
    if not passphrases:
        return []
    head = words("Passphrases, shown this once. Give each to its person and to nobody else:")
    return [head, *(f"    {isolate(name)}: {isolate_ltr(passphrase)}" for name, passphrase in passphrases.items())]


@users_app.command("list")
def list_users(context: typer.Context) -> None:
    """The accounts of this desk."""
    with desk_of(context) as (door, desk):
        words, accounts = door.words, desk.ask(users.accounts)
        standing = {True: words("open"), False: words("closed")}
        door.answer(
            accounts,
            *(f"{isolate(a.name)}  {words.label('role', a.role.value)}  {standing[a.live]}" for a in accounts),
        )


@users_app.command("add")
def add_user(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The person's name.")],
    role: Annotated[Role, typer.Argument(help="clerk, supervisor or administrator.")],
    new_passphrase_file: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="First line: her passphrase. Else one is made.")
    ] = None,
) -> None:
    """Make an account; without a passphrase file its passphrase is made and printed once."""
    with desk_of(context) as (door, desk):
        given = other_passphrase(door, new_passphrase_file, "") if new_passphrase_file else None
        passphrase = given or random_passphrase()
        account = desk.add_user(name, role, passphrase)
        made = {} if given else {account.name: passphrase}
        words = door.words
        done = words("{name} has an account now.", name=isolate(account.name))
        door.answer({"user": account, "passphrases": made}, done, *_passphrase_lines(words, made))


@users_app.command("remove")
def remove_user(context: typer.Context, name: Annotated[str, typer.Argument(help="The person's name.")]) -> None:
    """Close an account and take its passphrase away."""
    with desk_of(context) as (door, desk):
        found = [account for account in desk.ask(users.accounts) if account.name == clean(name)]
        desk.remove_user(found[0].id if found else "")
        done = door.words("The account of {name} is closed.", name=isolate(clean(name)))
        door.answer({"closed": clean(name)}, done)


@app.command("install")
def install(
    context: typer.Context, file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A .fvb file.")]
) -> None:
    """Take in a bundle, an acknowledgement or a sibling laptop's batch."""
    install_file(context, file)


@app.command("status")
def status(context: typer.Context) -> None:
    """What the centre has not acknowledged, how old the lists are, how many numbers are free."""
    with desk_of(context) as (door, desk):
        words = door.words
        found = DeskStatus(desk.ask(batches.unacknowledged), desk.ask(lists_age), desk.ask(free_numbers))
        waiting, age = found.unacknowledged, found.lists_age
        free = found.free_numbers
        door.answer(
            found,
            words.plural("{n} record not acknowledged", "{n} records not acknowledged", waiting.records),
            words.plural("{n} batch without an answer", "{n} batches without an answer", waiting.batches),
            words("No lists from the centre yet")
            if age is None
            else words.plural("The lists are {n} day old", "The lists are {n} days old", age),
            words("Free household numbers: {n}", n=free["household"]),
            words("Free voucher numbers: {n}", n=free["voucher"]),
        )
