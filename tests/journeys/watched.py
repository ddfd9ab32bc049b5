"""A desk's day that leaves everything a day leaves, and then stops hard: ``python -m tests.journeys.watched HOME``.

What must not be found afterwards comes in on stdin as JSON, so that neither a file nor a command line of this test
holds it. It says what it did on stdout, ids and paths only, and waits for its death.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from pathlib import Path
from typing import Any

import msgspec

from helpdesk.cli.app import main as command_line
from helpdesk.core.language import Words
from helpdesk.desk import drafts
from helpdesk.desk.commands import View
from helpdesk.exchange import batches
from helpdesk.households import cards, commands, queries
from helpdesk.households.documents import OtherContact, Phone, SealedAnswers
from helpdesk.opening import open_desk
from helpdesk.printing.cards import CardLayout, cards_pdf
from helpdesk.printing.faces import card_face, helplines_of
from tests.people import head, member, small_form
from tests.programme import START, SetClock, passphrase
from ui.printing import to_cups

CAPTION = "Household cards"


class Planted(msgspec.Struct, frozen=True):
    """Words that nobody else wrote: two names, a relative, a phone, a note for the centre alone, a draft's word."""

    given: str
    father: str
    latin: str
    relative: str
    phone: str
    sealed: str
    typed: str


def main() -> None:
    home = Path(sys.argv[1])
    planted = msgspec.json.decode(sys.stdin.readline(), type=Planted)
    clock = SetClock(START)
    desk = open_desk(home / "one", "clerk", passphrase("clerk"), clock=clock)
    desk.do(drafts.save, "registration", "new", {"given_name": planted.typed})
    form = small_form(
        clock,
        members=(
            head(given_name=planted.given, father_name=planted.father),
            member(given=planted.latin, father=planted.given),
        ),
        phones=(Phone(planted.phone),),
        contact=OtherContact(planted.relative),
        sealed=SealedAnswers(note=planted.sealed),
    )
    desk.do(commands.register, form)
    assert desk.ask(queries.find, planted.given)
    assert desk.ask(queries.find, planted.phone[-6:])
    issued = desk.do(cards.issue, (form.household_id,), "FIRST")
    helplines = helplines_of(desk.ask(View.in_force))
    faces = [card_face(card, helplines, practice=True) for card in issued]
    to_cups(cards_pdf(faces, Words("ar"), CardLayout.A4_TEN), CAPTION, "office", 1)
    desk.close()

    by_command(home, "household", "search", planted.given)
    by_command(home, "household", "search", planted.phone)
    by_command(home, "card", "print", issued[0].number, "--out", str(home / "saved.pdf"))

    desk = open_desk(home / "one", "supervisor", passphrase("supervisor"), clock=clock)
    batches.export(desk, desk.folder, home / "stick")
    desk.do(queries.open_file, form.household_id)
    desk.do(commands.register, msgspec.structs.replace(form, household_id=form.household_id[:-1] + "0"))
    os.write(1, f"waiting {os.getpid()}\n".encode())
    sys.stdin.readline()  # with the store open and its log not written back


def by_command(home: Path, *words: str) -> Any:
    """The command line, its answers kept off this process's own stdout."""
    secret = home / "passphrase.txt"
    secret.write_text(passphrase("clerk") + "\n", encoding="utf-8")
    options = ["--folder", str(home / "one"), "--user", "clerk", "--passphrase-file", str(secret)]
    answered = io.StringIO()
    with contextlib.redirect_stdout(answered):
        assert command_line([*options, *words]) == 0
    return answered.getvalue()


if __name__ == "__main__":
    main()
