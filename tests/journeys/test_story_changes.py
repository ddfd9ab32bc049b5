"""Two families that change their minds and their shape: a widow withdraws on the eve, a grown son goes apart.

Neither loses anything by it: a receipt without a reason, vouchers that wait, a number for each of two households.
"""

from __future__ import annotations

from datetime import date, timedelta

from helpdesk.households.documents import Phone
from tests.journeys.told import CLERK, SUPERVISOR, Story
from tests.people import CONSENT, head, member

WIDOW = (
    head(given_name="Zahra", father_name="Hamid"),
    member("Rim", "Adnan", birth_date=date(2012, 7, 1)),
)


def test_a_widow_withdraws_on_the_eve(story: Story) -> None:
    number = story.leaving_family(members=WIDOW)
    story.to_the_centre()
    story.open_fallujah()
    story.word_of_the_centre()
    story.all_but_the_word(number, (1,))
    assert story.do(SUPERVISOR, "case", "ready", number)["done"] == 1
    story.declare_to_move(number, (1,))
    movement = story.movement(story.today + timedelta(days=1), number)
    point = story.programme.facts.desks[0].number
    voucher = story.do(CLERK, "voucher", "plan", number, "--grant", "DEP", "--pay-point", point)["voucher"]
    story.do(SUPERVISOR, "voucher", "approve", voucher)
    printed = story.do(CLERK, "voucher", "print", voucher, "--out", story.folder / "v.pdf")["vouchers"][0]["number"]

    # on the eve she comes to the desk: one step, a witness, a receipt that names no reason
    receipt = story.folder / "receipt.pdf"
    done = story.do(CLERK, "case", "withdraw", number, "--witness", "Practice witness", "--out", receipt)
    assert receipt.read_bytes().startswith(b"%PDF")
    assert (done["vouchers"], done["until"]) == (1, (story.today + timedelta(days=7)).isoformat())
    assert story.state(CLERK, number) == "WITHDRAWN"
    assert story.do(CLERK, "movement", "show", movement)["families"][0]["state"] == "OFF"
    paying = ("voucher", "pay", printed, "--witness", "Practice witness", "--identity", "SEEN")
    assert story.refused(CLERK, *paying).startswith("voucher.")
    story.clock.move(days=1)
    assert story.refused(CLERK, "movement", "present", movement, number).startswith("movement.")

    # three days later she takes it back: what was due is due again, and ready is declared anew
    story.clock.move(days=2)
    story.do(CLERK, "case", "take-back", number)
    assert story.state(CLERK, number) == "PREPARING"
    assert story.do(SUPERVISOR, "case", "ready", number)["done"] == 1
    story.do(SUPERVISOR, "voucher", "witness", printed)
    story.do(CLERK, *paying)


def test_a_family_goes_apart(story: Story) -> None:
    son = member("Ali", "Salim", sex="M", birth_date=date(1999, 7, 1))
    wife = member("Nour", "Hadi", relation="CHILDLAW", birth_date=date(2001, 7, 1))
    baby = member("Tala", "Ali", relation="GRANDCH", birth_date=date(2024, 7, 1))
    number = story.leaving_family(son, wife, baby)
    form = story.written(
        "split", {"consent": CONSENT, "phones": [Phone("+9647000000005", safe_to_call=True)],
                  "relations": {}},
    )  # fmt: skip
    asked = ("household", "split", number, "--file", form, "--mover", 3, "--mover", 4, "--mover", 5, "--head", 3)
    assert story.refused(CLERK, *asked) == "role.not_allowed"
    split = story.do(SUPERVISOR, *asked, "--out", story.folder / "cards.pdf")
    apart = split["number"]
    assert apart != number
    sizes = [len(story.do(CLERK, "household", "show", one)["file"]["household"]["members"]) for one in (number, apart)]
    assert sizes == [2, 3]
    linked = story.programme(CLERK, "household", "changes", apart, document=False).out
    assert number.replace(" ", "")[:4] in linked.replace(" ", "").replace("-", "")
    # the young family decides for itself: nobody's answer went along with it
    assert story.state(CLERK, number) == "SCREENED"
    assert story.state(CLERK, apart) in ("REGISTERED", "SCREENED")
