"""The centre's acknowledgements, written as ``ack`` files for the desks that wait for them."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import msgspec
from msgspec import Struct
from sqlalchemy import func, select

from helpdesk.centre.desks import programme_epoch
from helpdesk.centre.journal import mark_answered
from helpdesk.centre.office import Office
from helpdesk.centre.tables import CentreBatchRow, CentreDeskRow
from helpdesk.desk import local
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import Role
from helpdesk.exchange.acks import Ack
from helpdesk.exchange.outgoing import Heading, Outgoing


class WrittenAck(Struct, frozen=True):
    """One answer on its way: to which desk, for which of its files, with what result."""

    desk: int
    seq: int
    result: str
    path: Path


def acknowledge(office: Office, folder: Path, *, again: bool = False) -> tuple[WrittenAck, ...]:
    """Write an ``ack`` file for every batch not answered yet (``again``: for every batch). Raises OSError."""
    keys, epoch = office.keys(), programme_epoch(office.programme())
    written: dict[str, WrittenAck] = {}
    for number, receive, ack in office.gate.do(_unanswered, office, again):
        seq = office.gate.do(_next_seq)
        heading = Heading(
            kind="ack",
            sender=keys.ack.key_id,
            epoch=epoch,
            seq=seq,
            desk=str(number),
            counts={"ack": 1},
            made_at=office.gate.clock.now(),
        )
        record = {"t": "ack", **{k: v for k, v in msgspec.to_builtins(ack).items() if k != "t"}}
        file = Outgoing(folder).write(heading, [record], [keys.ack], [receive])
        written[ack.answers.identity] = WrittenAck(number, ack.answers.seq, ack.result, file.path)
    office.gate.do(_answered, office, tuple(written))
    return tuple(written.values())


@command("centre.answers", roles=(Role.CENTRE,))
def _unanswered(act: Act, office: Office, again: bool) -> list[tuple[int, str, Ack]]:
    with office.writing(act) as register:
        statement = (
            select(CentreDeskRow.number, CentreDeskRow.receive, CentreBatchRow.ack)
            .join(CentreDeskRow, CentreDeskRow.device == CentreBatchRow.sender)
            .order_by(CentreDeskRow.number, CentreBatchRow.seq)
        )
        if not again:
            statement = statement.where(CentreBatchRow.answered == 0)
        return [
            (row.number, row.receive, msgspec.json.decode(bytes(row.ack), type=Ack))
            for row in register.execute(statement)
        ]


@command("centre.answer_number", roles=(Role.CENTRE,))
def _next_seq(act: Act) -> int:
    seq = local.read_number(act.connection, "ack_seq") + 1
    local.write_number(act.connection, "ack_seq", seq)
    return seq


@command("centre.answered", roles=(Role.CENTRE,))
def _answered(act: Act, office: Office, identities: tuple[str, ...]) -> None:
    if identities:
        with office.writing(act) as register:
            mark_answered(register, identities)


class DeskStanding(Struct, frozen=True):
    """How far the centre is with one desk."""

    desk: int
    name: str
    accepted: int
    waiting: int
    quarantined: int
    records: int
    last: str | None


@command("centre.standing", roles=(Role.CENTRE,))
def standing(act: Act, office: Office) -> tuple[DeskStanding, ...]:
    """The desks and their files, as the centre's first page shows them."""
    with office.writing(act) as register:
        counted: dict[str, dict[str, int]] = defaultdict(dict)
        records: dict[str, int] = defaultdict(int)
        last: dict[str, str] = {}
        for row in register.execute(
            select(
                CentreBatchRow.sender,
                CentreBatchRow.state,
                func.count().label("files"),
                func.sum(CentreBatchRow.records).label("records"),
                func.max(CentreBatchRow.received_at).label("last"),
            ).group_by(CentreBatchRow.sender, CentreBatchRow.state)
        ):
            counted[row.sender][row.state] = row.files
            records[row.sender] += int(row.records)
            last[row.sender] = max(last.get(row.sender, ""), row.last)
        return tuple(
            DeskStanding(
                desk.number,
                desk.name,
                counted[desk.device].get("accepted", 0),
                counted[desk.device].get("waiting", 0),
                counted[desk.device].get("quarantined", 0),
                records[desk.device],
                last.get(desk.device),
            )
            for desk in register.execute(select(CentreDeskRow).order_by(CentreDeskRow.number))
        )
