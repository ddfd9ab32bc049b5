"""What is proved ahead is what a judgement would find by itself: one record, one signature, one key."""

from __future__ import annotations

import msgspec

from helpdesk.exchange import signing
from helpdesk.exchange.arrived import Arrived
from helpdesk.exchange.signing import FALSE, RecordSigner, judge, prove
from helpdesk.vault.keys import SigningKey
from helpdesk.vault.records import SIGNED_CONTEXT
from tests.exchange.histories import DEVICES, IDS, History, arrived

KEY, OTHER = SigningKey(b"\x01" * 32), SigningKey(b"\x02" * 32)
DESK = 7


def _signers(key: SigningKey) -> dict[str, RecordSigner]:
    return {KEY.key_id: RecordSigner("u", DESK, "clerk", key.public, live=True)}


def _signed() -> Arrived:
    history = History()
    history.write(DEVICES[0], IDS[0], {})
    (revision,) = history.revisions.values()
    plain = arrived(revision)
    return msgspec.structs.replace(plain, sig_key=KEY.key_id, sig=KEY.sign(SIGNED_CONTEXT + plain.hash))


def _codes(item: Arrived, signers: dict[str, RecordSigner], proofs: signing.Proofs) -> tuple[str, ...]:
    return judge(item, signers, DESK, is_first=False, proofs=proofs).codes


def test_a_true_signature_is_proved_and_judged_the_same() -> None:
    item, signers = _signed(), _signers(KEY)
    proofs = prove([item], signers)
    assert len(proofs) == 1
    assert _codes(item, signers, proofs) == _codes(item, signers, frozenset()) == ()


def test_a_proof_is_of_no_other_signature_record_or_key() -> None:
    item, signers = _signed(), _signers(KEY)
    proofs = prove([item], signers)
    false = msgspec.structs.replace(item, sig=OTHER.sign(SIGNED_CONTEXT + item.hash))
    elsewhere = msgspec.structs.replace(item, hash=bytes(32))
    assert _codes(false, signers, proofs) == (FALSE,)
    assert _codes(elsewhere, signers, proofs) == (FALSE,)
    assert _codes(item, _signers(OTHER), proofs) == (FALSE,)


def test_nothing_false_unsigned_or_of_unknown_keys_is_proved() -> None:
    item = _signed()
    false = msgspec.structs.replace(item, sig=bytes(64))
    unsigned = msgspec.structs.replace(item, sig_key=None, sig=None)
    assert not prove([false, unsigned], _signers(KEY))
    assert not prove([item], {})
