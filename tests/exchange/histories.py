"""Histories of records that several desks wrote, each knowing only what had reached it: for tests of the merge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import msgspec
from hypothesis import strategies as st

from helpdesk.assistance.vouchers.documents import Payment, Voucher
from helpdesk.desk.users import UserRecord
from helpdesk.exchange.arrived import Arrived, read_revision, revision_line
from helpdesk.exchange.kinds import KINDS
from helpdesk.exchange.merge import fold
from helpdesk.households.documents import Card, Consent, Household, Phone
from helpdesk.vault.records import Revision, encode_document, encode_revision, revision_hash

DAY = date(2026, 11, 21)
DEVICES = ("a" * 16, "b" * 16, "c" * 16)
IDS = [f"01a1fd55-7a80-7000-8000-{n:012d}" for n in range(6)]
HOUSE = IDS[0]

FIRST: dict[str, tuple[str, msgspec.Struct]] = {
    IDS[0]: ("household", Household("1234567890", "CAMP", "ar", None, "p", "p", None, ("p", "q"), DAY, "u")),
    IDS[1]: ("voucher", Voucher(HOUSE, "DEP", 400, "IQD", 1, 1, "p", DAY, DAY, "PLANNED", "u")),
    IDS[2]: ("card", Card(HOUSE, "ab" * 10, 1, DAY, 2, "LIVE", "k")),
    IDS[3]: ("consent", Consent(HOUSE, "DATA", "GIVEN", "SIGN", "ar", True, "1", "u", "t")),
    IDS[4]: ("user", UserRecord("clerk", "00" * 32, True)),
    IDS[5]: ("payment", Payment(IDS[1], HOUSE, "12345678901", 400, "IQD", DAY, 1, "u", "w", "SEEN")),
}
CHANGES: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "household": {
        "shelter": st.sampled_from(["A1", "B2", "C3"]),
        "notes": st.sampled_from(["", "x", "y"]),
        "members": st.sampled_from([("p",), ("p", "q"), ("p", "q", "r")]),
        "principal": st.sampled_from(["p", "q"]),
        "phones": st.sampled_from([(), (Phone("+9647000000001"),), (Phone("+9647000000002"),)]),
    },
    "voucher": {
        "state": st.sampled_from(["PLANNED", "APPROVED", "PRINTED", "PAID", "VOID"]),
        "amount": st.sampled_from([400, 500, 600]),
        "payee": st.sampled_from(["p", "q"]),
        "pay_point": st.sampled_from([1, 2]),
        "number": st.sampled_from([None, "12345678901", "12345678902"]),
    },
    "card": {"status": st.sampled_from(["LIVE", "REPLACED", "REVOKED", "?"])},
    "consent": {"answer": st.sampled_from(["GIVEN", "REFUSED", "WITHDRAWN"]), "witness": st.sampled_from(["", "w"])},
    "user": {"live": st.booleans(), "role": st.sampled_from(["clerk", "supervisor"])},
    "payment": {},
}


@dataclass
class History:
    """All revisions by hash, and which of them each desk knows."""

    revisions: dict[str, Revision] = field(default_factory=dict)
    known: dict[str, set[str]] = field(default_factory=lambda: {device: set() for device in DEVICES})
    ctr: dict[str, int] = field(default_factory=lambda: dict.fromkeys(DEVICES, 0))

    def write(self, device: str, record: str, changes: dict[str, Any]) -> None:
        kind, first = FIRST[record]
        mine = {h: r for h, r in self.revisions.items() if h in self.known[device] and r.id == record}
        if not mine:
            document, parents = first, ()
        elif KINDS[kind].event:
            return
        else:
            folded = fold(KINDS[kind], mine)
            document, parents = KINDS[kind].decode(folded.document), folded.heads
        self.ctr[device] += 1
        body = encode_revision(
            Revision(
                kind=kind,
                id=record,
                parents=parents,
                ctr=self.ctr[device],
                device=device,
                user="u",
                at="2026-11-21T09:00:00.000Z",
                doc=msgspec.Raw(encode_document(msgspec.structs.replace(document, **changes))),
            )
        )
        name = revision_hash(body).hex()
        self.revisions[name] = msgspec.json.decode(body, type=Revision)
        self.known[device].add(name)

    def carry(self, source: str, target: str) -> None:
        self.known[target] |= self.known[source]
        self.ctr[target] = max(self.ctr[target], self.ctr[source])


@st.composite
def histories(draw: st.DrawFn, records: Sequence[str] = tuple(IDS)) -> History:
    """What three desks write and carry to one another, in any order."""
    history = History()
    for _ in range(draw(st.integers(1, 14))):
        device = draw(st.sampled_from(DEVICES))
        if draw(st.booleans()):
            record = draw(st.sampled_from(list(records)))
            kind, _ = FIRST[record]
            history.write(device, record, draw(st.fixed_dictionaries({}, optional=CHANGES[kind])))
        else:
            history.carry(device, draw(st.sampled_from(DEVICES)))
    return history


def arrived(revision: Revision, sig_key: str | None = None, sig: bytes | None = None) -> Arrived:
    """A revision as a reader of a batch hands it on."""
    raw = revision_line(encode_revision(revision), event=KINDS[revision.kind].event, sig_key=sig_key, sig=sig)
    return read_revision(msgspec.json.decode(raw), raw, 2)
