"""Sealed answers on their way out: one padded message per save, whatever was answered (FORMATS.md section 2).

There is no function here, or anywhere at a desk, that opens one.
"""

from __future__ import annotations

import msgspec

from helpdesk.desk.commands import Act
from helpdesk.households.documents import Protection, SealedAnswers
from helpdesk.households.kinds import PROTECTION
from helpdesk.vault.records import documents_of

_encode = msgspec.json.Encoder(order="sorted").encode


def write_first(act: Act, household: str, answers: SealedAnswers) -> None:
    """The sealed revision of a new household. Raises Refusal("sealed.too_long", over=bytes)."""
    act.records.create(PROTECTION, act.new_id(), Protection(household), seal=act.sealer(household, _encode(answers)))


def write_next(act: Act, household: str, answers: SealedAnswers) -> None:
    """The sealed revision of a later save: written even when nothing was answered, so that it tells nothing."""
    for record_id, document in documents_of(act.connection, PROTECTION, household):
        act.records.revise(PROTECTION, record_id, document, seal=act.sealer(household, _encode(answers)))


def read_sealed(plaintext: bytes) -> SealedAnswers:
    """The answers in an opened message, for the centre's protection unit. Raises msgspec.DecodeError."""
    return msgspec.json.decode(plaintext, type=SealedAnswers)
