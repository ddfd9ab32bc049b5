"""What the centre says to the lives of vouchers: nothing to an honest one, and a word to one that was bent."""

from __future__ import annotations

import msgspec

from helpdesk.assistance.cash import commands as cash
from helpdesk.assistance.vouchers import mishaps, numbering, paying, rerouting
from helpdesk.assistance.vouchers.documents import Payment
from helpdesk.assistance.vouchers.finding import known_voucher
from helpdesk.assistance.vouchers.kinds import LEDGER, PAYMENT, VOUCHER
from helpdesk.assistance.vouchers.ledger import note
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import FAMILIES
from helpdesk.vault.records import all_documents
from tests.centre.test_hostile import alarms, taken
from tests.programme import Programme


@command("test.pay_alone", roles=FAMILIES)
def pay_alone(act: Act, voucher_id: str) -> None:
    """What a clerk could write past the rule of the second account."""
    voucher = known_voucher(act.connection, voucher_id)
    paid = Payment(
        voucher_id, voucher.household, voucher.number or "", voucher.amount, "IQD", act.day, voucher.pay_point,
        act.user.id, "w", "SEEN", witness_user="somebody",
    )  # fmt: skip
    payment = act.new_id()
    act.records.create(PAYMENT, payment, paid, signed=True)
    done = msgspec.structs.replace(voucher, state="PAID")
    act.records.revise(VOUCHER, voucher_id, done)
    note(act, "PAY", voucher_id, done, payment)


@command("test.print_twice", roles=FAMILIES)
def print_twice(act: Act, voucher_id: str) -> None:
    """What a clerk could write to have two papers for one that was spoiled."""
    voucher = known_voucher(act.connection, voucher_id)
    numbering.put_on_new_paper(act, voucher_id, msgspec.structs.replace(voucher, void_reason=""))


@command("test.other_chain", roles=FAMILIES)
def write_into_another_chain(act: Act) -> None:
    """An entry that says it is another desk's."""
    entry = next(doc for _, doc in all_documents(act.connection, LEDGER))
    foreign = msgspec.structs.replace(entry, device="ab" * 8, user=act.user.id)
    act.records.create(LEDGER, act.new_id(), foreign, signed=True)


def test_a_life_with_every_mishap_raises_nothing(programme: Programme) -> None:
    face = programme.printed("one", programme.register("one"))
    programme.at("one", "clerk", lambda desk: desk.do(paying.issue, face.number, "SIGNATURE"))
    programme.at("one", "clerk", lambda desk: desk.do(mishaps.unclaim, face.id))
    taken(programme, programme.export("one").path)
    programme.at("one", "supervisor", lambda desk: desk.do(mishaps.put_back, face.id))
    programme.at("one", "clerk", lambda desk: desk.do(mishaps.dispute, face.id, "not theirs"))
    programme.at("one", "supervisor", lambda desk: desk.do(mishaps.settle, face.id, "STANDS"))
    programme.at("one", "clerk", lambda desk: desk.do(mishaps.lose, face.id))
    fresh = programme.at("one", "supervisor", lambda desk: desk.do(mishaps.replace, face.id))
    last = programme.at("one", "clerk", lambda desk: desk.do(numbering.reprint, fresh.number))
    programme.at("one", "supervisor", lambda desk: desk.do(paying.witness, (last.number,)))
    programme.at("one", "clerk", lambda desk: desk.do(paying.pay, last.number, "a neighbour", "SEEN"))
    point = programme.numbers["one"]
    counted = programme.at("one", "clerk", lambda desk: desk.do(cash.count, point, {}, 0, "no cash was brought here"))
    assert programme.at("one", "supervisor", lambda desk: desk.do(cash.sign, counted)) == 1
    taken(programme, programme.export("one").path)
    assert alarms(programme) == []
    with programme.office() as office, office.register.read() as register:
        ledger = [doc for _, doc in all_documents(register, LEDGER)]
        assert [entry.n for entry in sorted(ledger, key=lambda entry: entry.n)] == list(range(1, len(ledger) + 1))


def test_a_paper_taken_in_at_another_desk_raises_nothing(programme: Programme) -> None:
    face = programme.printed("one", programme.register("one"))
    point = programme.numbers["two"]
    rerouted = programme.at("two", "supervisor", lambda desk: desk.do(rerouting.take_in, face.digits, point))
    programme.at("two", "clerk", lambda desk: desk.do(rerouting.confirm, rerouted))
    programme.at("two", "clerk", lambda desk: desk.do(paying.pay, face.number, "a neighbour", "SEEN"))
    taken(programme, programme.export("two").path)
    taken(programme, programme.export("one").path)
    assert alarms(programme) == []


def test_who_registered_and_paid_alone_is_told(programme: Programme) -> None:
    face = programme.printed("one", programme.register("one"))
    programme.at("one", "clerk", lambda desk: desk.do(pay_alone, face.id))
    taken(programme, programme.export("one").path)
    assert alarms(programme) == ["record.same_hands"]


def test_two_papers_for_a_spoiled_one_are_told(programme: Programme) -> None:
    face = programme.printed("one", programme.register("one"))
    programme.at("one", "clerk", lambda desk: desk.do(numbering.reprint, face.number))
    programme.at("one", "clerk", lambda desk: desk.do(print_twice, face.id))
    taken(programme, programme.export("one").path)
    assert set(alarms(programme)) == {"record.unapproved"}


def test_an_entry_in_the_chain_of_another_desk_is_told(programme: Programme) -> None:
    programme.printed("one", programme.register("one"))
    programme.at("one", "clerk", lambda desk: desk.do(write_into_another_chain))
    taken(programme, programme.export("one").path)
    assert "record.other_person" in alarms(programme)
