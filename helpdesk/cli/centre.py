"""``centre``: found a programme, enrol desks, write their bundles, take batches in, answer, and look at the whole.

Root, recovery and protection secrets leave the box as officer files, each under a passphrase of its own that is
printed once. Nothing secret is written in clear.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final

import typer
from msgspec import Struct

from helpdesk.assistance.feedback import numbers as feedback_numbers
from helpdesk.centre import answers, desks, intake, transfers
from helpdesk.centre.deciding import decide, decide_in_bulk
from helpdesk.centre.founding import Founding, found
from helpdesk.centre.overview import OpenConflict, Overview, open_conflicts, overview
from helpdesk.centre.sealed_feedback import unseal_feedback
from helpdesk.centre.settling import revoke, waive
from helpdesk.centre.unsealing import OpenedAnswers, unseal
from helpdesk.cli.door import Door, door_of
from helpdesk.cli.sealed_feedback import opened_lines
from helpdesk.cli.session import as_document, centre_of, new_passphrase, other_passphrase, read_json, writable
from helpdesk.core.clock import SystemClock
from helpdesk.core.codes import CodeList
from helpdesk.core.errors import HelpDeskError, Refusal
from helpdesk.core.folders import private_folder
from helpdesk.core.language import Words, isolate, isolate_ltr
from helpdesk.core.numbers import household_number_shown, read_number
from helpdesk.desk import folder
from helpdesk.desk.places import load_gazetteer
from helpdesk.desk.roles import Role
from helpdesk.exchange.programme import fingerprint, write_programme
from helpdesk.opening import NewAccount, make_desk
from helpdesk.vault.keys import ProtectionKey, measure_cost, random_passphrase
from helpdesk.vault.officers import read_officer_key, write_officer_key

app: Final = typer.Typer(name="centre", help="Lead a programme: desks, bundles, intake.", rich_markup_mode=None)
FAULT: Final = 3
OFFICER_SUFFIX: Final = ".officer.json"
PURPOSE: Final = CodeList("officer", "root", "recovery", "protection")
RECEIPT: Final = CodeList("receipt", "accepted", "known", "waiting", "quarantined")

FolderOption = Annotated[Path, typer.Option("--out", exists=True, file_okay=False, help="The stick's folder.")]


class Founded(Struct, frozen=True):
    """The answer to ``init``: ``officers`` maps each officer file to its passphrase."""

    folder: str
    programme: str
    fingerprint: str
    officers: dict[str, str]


class CentreReport(Struct, frozen=True):
    """The answer to ``report``."""

    desks: tuple[answers.DeskStanding, ...]
    register: Overview


@app.command("init")
def init(
    context: typer.Context,
    name: Annotated[str, typer.Option(help="The programme's name.")],
    out: Annotated[Path, typer.Option(help="Where programme.json is written.")],
    officers: Annotated[Path, typer.Option(file_okay=False, help="An empty folder for the officer files.")],
    database: Annotated[str | None, typer.Option(help="The register's PostgreSQL, as an SQLAlchemy URL.")] = None,
    practice: Annotated[bool, typer.Option("--practice", help="A programme of fictional families.")] = False,
) -> None:
    """Found a programme in --folder; --user leads the centre. Give each officer file to its officer."""
    door = door_of(context)
    writable(out)
    if folder.looks_at(door.folder, SystemClock()).exists:
        raise Refusal("folder.taken")
    if officers.is_dir() and any(officers.iterdir()):
        raise Refusal("officer.folder")
    founding = found(name, practice=practice)
    account = NewAccount(door.user(), Role.CENTRE, new_passphrase(door))
    passphrases = _write_officers(founding, private_folder(officers))
    make_desk(door.folder, founding.programme, [account], cost=measure_cost(), founding=founding, database=database)
    write_programme(out, founding.programme, founding.roots[: founding.programme.threshold])
    words, eight = door.words, " ".join(fingerprint(founding.programme))
    door.answer(
        Founded(str(door.folder), str(out), eight, passphrases),
        words("The centre was made in {folder}.", folder=isolate_ltr(str(door.folder))),
        words("Give {file} to every desk. Its eight words:", file=isolate_ltr(str(out))),
        f"    {eight}",
        words("Officer files and their passphrases, shown this once. Each goes to another person:"),
        *(f"    {file}: {passphrase}" for file, passphrase in passphrases.items()),
    )


def _write_officers(founding: Founding, into: Path) -> dict[str, str]:
    secrets = [
        *((f"root-{place}", "root", root.seed) for place, root in enumerate(founding.roots, start=1)),
        ("recovery", "recovery", founding.recovery.text.encode()),
        ("protection", "protection", founding.protection.seed),
    ]
    passphrases = {}
    for name, purpose, secret in secrets:
        path, passphrase = into / f"{name}{OFFICER_SUFFIX}", random_passphrase()
        write_officer_key(path, purpose, secret, passphrase)
        passphrases[str(path)] = passphrase
    return passphrases


@app.command("enrol")
def enrol(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A desk's enrolment.")],
    site: Annotated[str | None, typer.Option(metavar="PLACE_ID", help="Where the desk stands.")] = None,
) -> None:
    """Take a desk's enrolment in and give it its number."""
    if site is not None and site not in load_gazetteer():
        raise Refusal("centre.site", site=site)
    with centre_of(context) as (door, office):
        desk = desks.enrol(office, file, site)
        words = door.words
        known = words("Desk {number} ({name}) was enrolled before.", number=desk.number, name=isolate(desk.name))
        fresh = words("Desk {number} ({name}) is enrolled.", number=desk.number, name=isolate(desk.name))
        door.answer(desk, known if desk.known else fresh)


@app.command("bundle")
def bundle(
    context: typer.Context,
    desk: Annotated[int, typer.Option(help="The desk's number.")],
    out: FolderOption,
    terms: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="JSON: sites, pay points, grants, decisions.")
    ] = None,
) -> None:
    """Write a desk's next bundle."""
    given = as_document(read_json(terms), desks.BundleTerms, terms) if terms else desks.BundleTerms()
    with centre_of(context) as (door, office):
        written = desks.write_bundle(office, desk, given, out)
        version = written.statement.seq
        done = {"desk": desk, "version": version, "identity": written.identity, "file": str(written.path)}
        file = isolate_ltr(str(written.path))
        door.answer(done, door.words("Bundle {version} for desk {desk}: {file}", version=version, desk=desk, file=file))


@app.command("receive")
def receive(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, help="Batches of desks.")],
) -> None:
    """Take batches in. Exit code 3 when one was put into quarantine; its reason stands on stderr."""
    with centre_of(context) as (door, office):
        with door.progress() as progress:
            receipts = intake.receive(office, files, progress)
        door.answer(receipts, *(_receipt_line(door.words, receipt) for receipt in receipts))
        quarantined = [receipt.code for receipt in receipts if receipt.state == "quarantined" and receipt.code]
        for code in quarantined:
            door.complain(HelpDeskError(code))
    if quarantined:
        raise typer.Exit(FAULT)


def _receipt_line(words: Words, receipt: intake.Receipt) -> str:
    state = words.label("receipt", receipt.state)
    desk = words.digits(receipt.desk if receipt.desk is not None else "-")
    records = words.plural("{n} record", "{n} records", receipt.records)
    return f"{isolate_ltr(receipt.file)}  {state}  {words('Desk')} {desk}  {records}"


@app.command("waive")
def waive_batch(
    context: typer.Context,
    desk: Annotated[int, typer.Option(help="The desk's number.")],
    seq: Annotated[int, typer.Option(min=1, help="The number of the lost or put-aside batch.")],
    reason: Annotated[str, typer.Option(help="Why it is given up; everybody can read it.")],
) -> None:
    """Give a batch up so that those after it are taken in. Its content never is."""
    with centre_of(context) as (door, office):
        waiver = office.gate.do(waive, office, desk, seq, reason)
        with door.progress() as progress:
            receipts = intake.take_waiting(office, progress)
        said = door.words("Batch {seq} of desk {desk} is waived.", seq=seq, desk=desk)
        door.answer(waiver, said, *(_receipt_line(door.words, receipt) for receipt in receipts))


@app.command("revoke")
def revoke_desk(
    context: typer.Context,
    desk: Annotated[int, typer.Option(help="The number of the lost desk.")],
    after_seq: Annotated[int, typer.Option(min=0, help="The last batch of it that is still believed.")],
) -> None:
    """Believe a lost laptop no further. Write every other desk a new bundle afterwards."""
    with centre_of(context) as (door, office):
        office.gate.do(revoke, office, desk, after_seq)
        said = door.words("Desk {desk} is revoked after batch {seq}.", seq=after_seq, desk=desk)
        door.answer({"desk": desk, "after_seq": after_seq}, said)


@app.command("believe")
def believe_transfer(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A transfer of a lost desk.")],
    reason: Annotated[str, typer.Option(help="Why it is believed; everybody can read it.")],
) -> None:
    """Believe a transfer that a desk wrote before it was lost. Write its receiver a new bundle afterwards."""
    with centre_of(context) as (door, office):
        taken = office.gate.do(transfers.believe, office, file, reason)
        words = door.words
        known = words("This transfer was believed before.")
        families = words.plural("{n} family", "{n} families", taken.families)
        fresh = words("The transfer of desk {desk} is believed: {families}.", desk=taken.desk, families=families)
        door.answer(taken, known if taken.known else fresh)


@app.command("acknowledge")
def acknowledge(
    context: typer.Context,
    out: FolderOption,
    again: Annotated[bool, typer.Option("--again", help="Also for batches that were answered before.")] = False,
) -> None:
    """Write the centre's answers for the desks that wait for them."""
    with centre_of(context) as (door, office):
        written = answers.acknowledge(office, out, again=again)
        words = door.words
        lines = [_answer_line(words, ack) for ack in written]
        door.answer(written, *(lines or [words("Every batch is answered.")]))


def _answer_line(words: Words, ack: answers.WrittenAck) -> str:
    file = isolate_ltr(str(ack.path))
    return words("Answer to batch {seq} of desk {desk}: {file}", seq=ack.seq, desk=ack.desk, file=file)


@app.command("conflicts")
def conflicts(context: typer.Context) -> None:
    """Records that two desks changed differently and nobody settled yet."""
    with centre_of(context) as (door, office):
        found_conflicts = office.gate.do(open_conflicts, office)
        lines = [_conflict_line(conflict) for conflict in found_conflicts]
        door.answer(found_conflicts, *(lines or [door.words("No conflict is open.")]))


def _conflict_line(conflict: OpenConflict) -> str:
    number = isolate_ltr(household_number_shown(conflict.number)) if conflict.number else "-"
    return f"{number}  {conflict.kind}  {conflict.record}  {', '.join(conflict.fields)}"


def report(context: typer.Context) -> None:
    """How far the centre is with each desk, and what somebody must look at; or one table, by its name."""
    if context.invoked_subcommand is not None:
        return
    with centre_of(context) as (door, office):
        standing = office.gate.do(answers.standing, office)
        whole = office.gate.do(overview, office)
        door.answer(CentreReport(standing, whole), *_report_lines(door.words, standing, whole))


def _report_lines(words: Words, standing: tuple[answers.DeskStanding, ...], whole: Overview) -> Iterator[str]:
    for desk in standing:
        yield words(
            "Desk {number} ({name}): accepted {accepted}, waiting {waiting}, put aside {aside}, records {records}",
            number=desk.desk, name=isolate(desk.name), accepted=desk.accepted, waiting=desk.waiting,
            aside=desk.quarantined, records=desk.records,
        )  # fmt: skip
    for kind in whole.kinds:
        yield f"{kind.kind}: {words.digits(kind.records)}"
    yield words("Open conflicts: {n}", n=whole.conflicts)
    for waiver in whole.waivers:
        yield words(
            "Waived: batch {seq} of desk {desk}, because {reason}",
            seq=waiver.seq, desk=waiver.desk, reason=isolate(waiver.reason),
        )  # fmt: skip
    for alarm in whole.alarms:
        yield f"{alarm.at}  {words.sentence(HelpDeskError(alarm.code))}  {alarm.record or alarm.identity}"


@app.command("unseal")
def unseal_household(
    context: typer.Context,
    number: Annotated[str, typer.Argument(help="The household number, or the twelve digits of sealed feedback.")],
    officer: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="The protection officer's file.")],
    officer_passphrase_file: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="First line: the officer's passphrase.")
    ] = None,
) -> None:
    """Open sealed answers or sealed feedback with the protection officer's key. It leaves an audit entry."""
    feedback = feedback_numbers.as_number(number)
    digits = feedback or read_number(number).digits
    with centre_of(context) as (door, office):
        words, key = door.words, _protection_key(door, officer, officer_passphrase_file)
        if feedback:
            said = office.gate.do(unseal_feedback, office, feedback, key)
            door.answer(said, *(line for one in said for line in opened_lines(words, one)))
            return
        opened = office.gate.do(unseal, office, digits, key)
        door.answer(opened, *(line for save in opened for line in _opened_lines(words, save)))


def _protection_key(door: Door, officer: Path, passphrase_file: Path | None) -> ProtectionKey:
    passphrase = other_passphrase(door, passphrase_file, door.words("The officer's passphrase: "))
    key = read_officer_key(officer, passphrase)
    if key.purpose != "protection":
        raise Refusal("officer.purpose", purpose=key.purpose)
    return ProtectionKey.from_seed(key.secret)


@app.command("decide")
def decide_household(
    context: typer.Context,
    number: Annotated[str, typer.Argument(help="The household number.")],
    decision: Annotated[str, typer.Argument(help="proceed or wait; no reason is asked or kept.")],
) -> None:
    """Give the centre's neutral word on one household; it travels with the next bundles."""
    with centre_of(context) as (door, office):
        digits = read_number(number).digits
        office.gate.do(decide, office, digits, decision)
        words = door.words
        door.answer({"household": digits, "decision": decision}, words("Recorded. It goes out with the next bundles."))


@app.command("decide-all")
def decide_all(
    context: typer.Context,
    officer: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="The protection officer's file.")],
    officer_passphrase_file: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="First line: the officer's passphrase.")
    ] = None,
) -> None:
    """Let every family proceed whose sealed answers ask for nobody's look; the others wait for a person."""
    with centre_of(context) as (door, office):
        words = door.words
        done = office.gate.do(decide_in_bulk, office, _protection_key(door, officer, officer_passphrase_file))
        door.answer(
            done,
            words.plural("{n} family may proceed.", "{n} families may proceed.", done.proceed),
            words.plural("{n} family waits for a look.", "{n} families wait for a look.", done.to_look_at),
        )


def _opened_lines(words: Words, save: OpenedAnswers) -> Iterator[str]:
    told = save.answers
    yield save.at
    if save.damaged:
        yield f"    {words.sentence(HelpDeskError('sealed.damaged'))}"
    for barrier in told.barriers:
        yield f"    {words.label('sealed_barrier', barrier)}"
    for person in told.persons:
        facts = [
            words.label("absence", person.absence) if person.absence else "",
            words.label("marital", person.marital) if person.marital else "",
            words("without parents or guardian") if person.unaccompanied else "",
            *(f"{words.label('document', paper)}: {words.label('not_held', why)}" for paper, why in person.papers),
        ]
        place = words("Person {n}", n=person.n)
        yield f"    {place}: {', '.join(fact for fact in facts if fact)}"
    if told.note:
        yield f"    {isolate(told.note)}"
