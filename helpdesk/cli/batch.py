"""``batch``: carry what is new to the centre on a stick, look at a file from outside, take files in, copy again.

The checks and their order are the exchange's; here they are only called and told.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import msgspec
import typer
from msgspec import Struct

from helpdesk.cli.movement import reason_said
from helpdesk.cli.movement_papers import household_id, movement_id
from helpdesk.cli.session import desk_of
from helpdesk.core.codes import CodeList
from helpdesk.core.language import Words, isolate, isolate_ltr
from helpdesk.exchange import batches, inbox, installing, transfers
from helpdesk.exchange.acks import Ack
from helpdesk.exchange.verifying import SeenFile, look_at
from helpdesk.journey.departures.queries import of_states

app: Final = typer.Typer(name="batch", help="Batches for the centre and files from it.", rich_markup_mode=None)

KIND: Final = CodeList("file_kind", "enrol", "bundle", "batch", "ack", "transfer", "backup")
SIGNER: Final = CodeList("signer", "device", "supervisor", "configuration", "acknowledgement")
STATE: Final = CodeList("outbox_state", "WRITTEN", "COPIED", "ACCEPTED", "QUARANTINED", "WAITING")

ToOption = Annotated[Path, typer.Option("--to", exists=True, file_okay=False, help="The stick's folder.")]
FileArgument = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A .fvb file.")]


class SentFile(Struct, frozen=True):
    """One batch of this desk: its state, and the centre's answer as far as it came."""

    seq: int
    identity: str
    records: int
    size: int
    made_at: str
    state: str
    answer: str | None
    code: str | None


class Files(Struct, frozen=True):
    """The answer to ``list``: what left this desk and what came in, the newest first."""

    sent: tuple[SentFile, ...]
    received: tuple[inbox.InboxLine, ...]


@app.command("export")
def export(context: typer.Context, to: ToOption) -> None:
    """Write everything new as the next batch, copy it to the stick and read it back."""
    with desk_of(context) as (door, desk):
        with door.progress() as progress:
            exported = batches.export(desk, desk.folder, to, progress)
        door.answer(exported, _exported_line(door.words, exported))


def _exported_line(words: Words, exported: batches.Exported) -> str:
    return words(
        "Batch {seq} with {records} records: {file}",
        seq=exported.seq, records=exported.records, file=isolate_ltr(str(exported.path)),
    )  # fmt: skip


@app.command("verify")
def verify(context: typer.Context, file: FileArgument) -> None:
    """Check a file from outside, as far as this desk's trust goes, and say what was seen. Nothing is taken in."""
    with desk_of(context) as (door, desk):
        seen = desk.ask(look_at, file)
        door.answer(seen, *_seen_lines(door.words, seen))


def _seen_lines(words: Words, seen: SeenFile) -> list[str]:
    kind = words.label("file_kind", seen.kind)
    lines = [
        words("{kind}, number {seq}, from {sender}", kind=kind, seq=seen.seq, sender=isolate_ltr(seen.sender)),
        words("The file is whole: its size, its signatures and its digest fit."),
    ]
    for signer in seen.signers:
        key, role = isolate_ltr(signer.key), words.label("signer", signer.role)
        lines.append(words("Signed by {key} as {role}, desk {desk}", key=key, role=role, desk=signer.desk or "-"))
    if not seen.signers:
        lines.append(words("Who signed it only the centre can tell: the key lies inside."))
    lines.append(words("It is for this desk.") if seen.for_us else words("It is not for this desk."))
    return lines


@app.command("transfer")
def transfer(
    context: typer.Context,
    to: ToOption,
    number: Annotated[
        int | None, typer.Option("--desk", help="The desk the families go to; without it, a list.")
    ] = None,
    families: Annotated[list[str] | None, typer.Argument(metavar="[NUMBER...]", help="Household numbers.")] = None,
    movement: Annotated[str | None, typer.Option(help="All families that left with this movement.")] = None,
    again: Annotated[int | None, typer.Option(help="Copy this earlier transfer once more instead.")] = None,
) -> None:
    """Hand families over to another desk: a file for it alone, copied to the stick and read back."""
    with desk_of(context) as (door, desk):
        words = door.words
        with door.progress() as progress:
            if again is not None:
                done = transfers.copy_again(desk, desk.folder, again, to, progress)
            elif number is None:
                known = desk.ask(transfers.targets)
                door.answer(known, *(f"{words.digits(one.number)}  {isolate(one.name)}" for one in known))
                return
            else:
                chosen = [household_id(desk, family) for family in families or ()]
                if movement is not None:
                    chosen += desk.ask(of_states, movement_id(desk, movement), ("DEPARTED",))
                done = transfers.hand_over(desk, desk.folder, chosen, number, to, progress)
        said = words.plural(
            "{n} family is handed over to desk {desk}: {file}", "{n} families are handed over to desk {desk}: {file}",
            done.families, desk=done.desk, file=isolate_ltr(str(done.path)),
        )  # fmt: skip
        door.answer(done, said, *(reason_said(words, one) for one in done.refused))


@app.command("install")
def install(context: typer.Context, file: FileArgument) -> None:
    """Take in a bundle, an acknowledgement, a sibling laptop's batch, or families handed over to this desk."""
    install_file(context, file)


def install_file(context: typer.Context, file: Path) -> None:
    """Take one file in and answer; ``desk install`` and ``batch install`` are the same act."""
    with desk_of(context) as (door, desk):
        with door.progress() as progress:
            installed = installing.install(desk, file, progress)
        words = door.words
        kind = words.label("file_kind", installed.kind)
        known = words("{kind} {seq} was here before; nothing changed.", kind=kind, seq=installed.seq)
        fresh = words("{kind} {seq} was installed.", kind=kind, seq=installed.seq)
        door.answer(installed, known if installed.result == "known" else fresh)


@app.command("list")
def list_(context: typer.Context) -> None:
    """What left this desk and what came in."""
    with desk_of(context) as (door, desk):
        sent = tuple(_sent(line) for line in desk.ask(batches.outbox_lines))
        files = Files(sent, desk.ask(inbox.inbox_lines))
        words = door.words
        door.answer(
            files,
            *(
                f"{words('Sent')} {words.digits(line.seq)}  {line.made_at}  {words.label('outbox_state', line.state)}"
                f"  {words.plural('{n} record', '{n} records', line.records)}"
                for line in files.sent
            ),
            *(
                f"{words('Received')} {words.digits(line.seq)}  {line.at}  {words.label('file_kind', line.kind)}"
                f"  {isolate_ltr(line.sender)}"
                for line in files.received
            ),
        )


def _sent(line: batches.OutboxLine) -> SentFile:
    ack = msgspec.json.decode(line.ack, type=Ack) if line.ack else None
    return SentFile(
        line.seq, line.identity, line.records, line.size, line.made_at, line.state,
        ack.result if ack else None, ack.code if ack else None,
    )  # fmt: skip


@app.command("copy")
def copy(
    context: typer.Context, seq: Annotated[int, typer.Argument(min=1, help="The batch's number.")], to: ToOption
) -> None:
    """Copy an earlier batch to a stick once more."""
    with desk_of(context) as (door, desk):
        with door.progress() as progress:
            exported = batches.copy_again(desk, desk.folder, seq, to, progress)
        door.answer(exported, _exported_line(door.words, exported))
