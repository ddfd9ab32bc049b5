"""How a new desk introduces itself to the centre: its public keys and its first accounts, never a name of a person.

The file is encrypted to the intake and signed by the very device key it brings; the card key signs the device key,
so that nobody can enrol a key that is not hers.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from sqlalchemy import Connection, select

from helpdesk.core.errors import Fault, Refusal
from helpdesk.core.text import clean
from helpdesk.desk import local, trust
from helpdesk.desk.commands import Act, Gate, command
from helpdesk.desk.roles import Role
from helpdesk.desk.tables import UserRow
from helpdesk.exchange.outgoing import Heading, Outgoing, Written
from helpdesk.vault import keys

_PROOF = b"fvm/enrol/1\0"
SIDES = ("DIS", "RET")


class EnrolledUser(Struct, frozen=True, forbid_unknown_fields=True):
    """An account by its id, role and public key."""

    id: str
    role: str
    public: str


class Enrolment(Struct, frozen=True, forbid_unknown_fields=True, tag_field="t", tag="enrolment"):
    """The one record of an ``enrol`` file. ``card_proof`` is the card key's signature over the device key."""

    v: int
    programme: str
    practice: bool
    name: str
    side: str
    device: str
    card: str
    card_proof: str
    receive: str
    users: tuple[EnrolledUser, ...]


@command("desk.enrol", roles=(Role.ADMINISTRATOR,))
def prepare(act: Act, name: str, side: str) -> Enrolment:
    """What this desk says of itself. Raises Refusal("desk.name" | "form.code" | "desk.enrolled")."""
    if not clean(name):
        raise Refusal("desk.name")
    if side not in SIDES:
        raise Refusal("form.code", field="side")
    if local.peek(act.connection, "enrol_identity") is not None:
        raise Refusal("desk.enrolled")
    programme = trust.programme(act.connection)
    device = local.read(act.connection, "device_public")
    card = keys.SigningKey.from_seed(local.read(act.connection, "card_seed"))
    receive = keys.ReceiveKey.from_text(local.read(act.connection, "receive_key").decode())
    return Enrolment(
        v=1,
        programme=programme.programme,
        practice=programme.practice,
        name=clean(name),
        side=side,
        device=device.hex(),
        card=card.public.hex(),
        card_proof=card.sign(_PROOF + device).hex(),
        receive=receive.recipient,
        users=tuple(_users(act.connection)),
    )


def _users(connection: Connection) -> Iterator[EnrolledUser]:
    for row in connection.execute(select(UserRow).where(UserRow.live).order_by(UserRow.id)):
        yield EnrolledUser(row.id, row.role, bytes(row.public).hex())


@command("desk.enrol_written", roles=(Role.ADMINISTRATOR,))
def note_written(act: Act, identity: str) -> None:
    """Remember the identity of the enrolment: the first batch names it."""
    local.write(act.connection, "enrol_identity", bytes.fromhex(identity))


def enrol(gate: Gate, name: str, side: str, folder: Path) -> Written:
    """Write this desk's ``enrol`` file into ``folder``. Raises what :func:`prepare` raises, and OSError."""
    enrolment = gate.do(prepare, name, side)
    with gate.store.read() as connection:
        device = keys.SigningKey.from_seed(local.read(connection, "device_seed"))
        epoch = local.read(connection, "epoch").decode()
        programme = trust.programme(connection)
    heading = Heading(
        kind="enrol",
        sender=device.key_id,
        epoch=epoch,
        seq=1,
        desk="",
        counts={"enrolment": 1},
        made_at=gate.clock.now(),
    )
    written = Outgoing(folder).write(heading, [enrolment], [device], [programme.intake])
    gate.do(note_written, written.identity)
    return written


def check_enrolment(enrolment: Enrolment) -> None:
    """The proofs inside an enrolment. Raises Fault("enrol.proof" | "key.low_order" | "key.malformed")."""
    try:
        device, card, proof = map(_from_hex, (enrolment.device, enrolment.card, enrolment.card_proof))
        for user in enrolment.users:
            keys.check_public(_from_hex(user.public))
    except ValueError:
        raise Fault("enrol.proof") from None
    keys.check_public(card)
    keys.recipient_public(enrolment.receive)
    if enrolment.v != 1 or enrolment.side not in SIDES or not keys.verify(card, proof, _PROOF + device):
        raise Fault("enrol.proof")


def _from_hex(text: str) -> bytes:
    # one spelling only: the centre compares keys as text, and a second spelling would be a second account of one key
    data = bytes.fromhex(text)
    if data.hex() != text:
        raise ValueError("hex")
    return data
