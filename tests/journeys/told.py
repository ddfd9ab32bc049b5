"""A story told through the command line alone: its people, its stick, and a clock that moves for the whole laptop.

Whatever happens, happens by a command line somebody could type; only companions of a convoy are made in bulk.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import msgspec

from helpdesk.centre.desks import BundleTerms
from helpdesk.cli.app import DONE
from helpdesk.core.clock import SetClock, day_number
from helpdesk.desk.bundle import GrantAmount, GrantPolicy, PayPoint
from helpdesk.households.documents import Phone, PlaceAnswer
from helpdesk.households.forms import ConsentAnswer, DisplacementAnswer, IntentionAnswer, Registration
from helpdesk.journey.areas.codes import AREA_SECTION
from helpdesk.journey.clearances.codes import AUTHORITY
from helpdesk.vault.officers import write_officer_key
from tests.cli.conftest import Programme
from tests.people import CONSENT, head, member, small_form

CLERK, SUPERVISOR = "desk-one:clerk", "desk-one:supervisor"
ARRIVALS, FAR = "desk-two:clerk", "desk-two:supervisor"
AAF: Final = "DTM27246"
FALLUJAH: Final = "IQG01Q01"
HOME: Final = PlaceAnswer(place_id=FALLUJAH)
PHONE: Final = "+9647000000001"
CALLS: Final = ConsentAnswer("CALL", "GIVEN", "SIGN", "ar", True, "1")


@dataclass
class Story:
    """A practice programme, its stick and the laptops' clock."""

    programme: Programme
    clock: SetClock
    folder: Path

    @property
    def today(self) -> date:
        return self.clock.now().date()

    @property
    def stick(self) -> Path:
        path = self.folder / "stick"
        path.mkdir(exist_ok=True)
        return path

    def do(self, who: str, *arguments: object) -> Any:
        """A command line that succeeds; its document."""
        self.clock.move(seconds=1)
        said = self.programme(who, *arguments)
        assert said.code == DONE, f"{arguments}: {said.err}"
        return said.document

    def refused(self, who: str, *arguments: object) -> str:
        """The code of a command line that is refused."""
        return self.programme(who, *arguments).refused

    def written(self, name: str, document: object) -> Path:
        """A JSON file to hand in."""
        path = self.folder / f"{name}.json"
        path.write_bytes(msgspec.json.encode(document))
        return path

    def family(self, form: Registration) -> str:
        """Register a family at the camp's desk; its number."""
        document = msgspec.to_builtins(form)
        del document["household_id"]
        path = self.written("form", document)
        number: str = self.do(CLERK, "household", "register", "--file", path)["number"]
        return number

    def leaving_family(self, *more: Any, father: str = "Karim", **changes: Any) -> str:
        """A father, a mother and ``more``, from the camp of AAF, who want to go home to Fallujah."""
        members = (
            head(given_name="Salim", father_name=father, sex="M"),
            member("Amina", "Jasim", relation="SPOUSE", birth_date=date(1987, 7, 1)),
            *more,
        )
        fields: dict[str, Any] = {
            "members": members,
            "phones": (Phone(PHONE, safe_to_call=True), Phone("+9647000000002", safe_to_call=True)),
            "consents": (CONSENT, CALLS),
            "site": PlaceAnswer(place_id=AAF),
            "displacement": DisplacementAnswer(HOME),
            "intention": IntentionAnswer("RET", "NOW", HOME, free_to_choose="Y"),
        }
        return self.family(small_form(self.clock, **{**fields, **changes}))

    def open_fallujah(self) -> None:
        """The centre writes down what was found in Fallujah; the next bundles carry it."""
        sections = dict.fromkeys(AREA_SECTION, "Looked at with the council and with families.")
        known = {"place": FALLUJAH, "on": self.today, "org": "Practice organisation"}
        until = date.fromordinal(self.today.toordinal() + 90)
        found = {**known, "until": until, "result": "ACCEPTABLE", "sections": sections}
        self.do("centre", "centre", "area", "assess", self.written("assess", found))
        for code in ("L_HOSTENG", "L_FDBK", "L_PLAN", "L_COHES"):
            answer = self.written(code, {**known, "safeguard": code, "state": "DONE"})
            self.do("centre", "centre", "area", "answer", answer)

    def to_the_centre(self, who: str = SUPERVISOR) -> None:
        """A batch goes to the centre on the stick."""
        exported = self.do(who, "batch", "export", "--to", self.stick)
        (receipt,) = self.do("centre", "centre", "receive", exported["path"])
        assert receipt["state"] == "accepted"

    def word_of_the_centre(self) -> dict[str, int]:
        """The centre looks at every family with the protection officer's key; its word comes to both desks by file."""
        officer, secret = self.folder / "protection.officer.json", self.folder / "officer.txt"
        if not officer.exists():
            seed = bytes.fromhex(self.programme.facts.protection_seed)
            write_officer_key(officer, "protection", seed, "a long passphrase of the officer")
            secret.write_text("a long passphrase of the officer\n", encoding="utf-8")
        done: dict[str, int] = self.do(
            "centre", "centre", "decide-all", "--officer", officer, "--officer-passphrase-file", secret
        )
        self.bundles()
        return done

    def bundles(self) -> None:
        """Both desks get their next bundle."""
        today = day_number(self.today)
        amounts = (GrantAmount(1, 40, 600_000),)
        policy = GrantPolicy("DEP", "IQD", 1, today - 400, today + 400, 30, amounts)
        numbers = tuple(desk.number for desk in self.programme.facts.desks)
        for desk, number in zip(("desk-one", "desk-two"), numbers, strict=True):
            terms = BundleTerms(pay_points=(PayPoint(number, "Pay point"),), grants=(policy,), siblings=numbers)
            path = self.written("terms", terms)
            made = self.do("centre", "centre", "bundle", "--desk", number, "--out", self.stick, "--terms", path)
            self.do(f"{desk}:admin", "desk", "install", made["file"])

    def all_but_the_word(self, number: str, adults: tuple[int, ...] = (1, 2), until: date | None = None) -> None:
        """Everything a desk can do for a family before it is declared ready."""
        self.do(CLERK, "case", "prepare", number)
        event = self.do(
            CLERK, "event", "plan", "--place", AAF, "--topic", "REG", "--topic", "VOLUNT", "--organisation", "IOM"
        )["event"]
        self.do(CLERK, "event", "attend", event, number)
        self.do(CLERK, "visit", "wish", number, "--declines")
        self.do(CLERK, "prepare", "profile", number, "--file", self.written("p", {"vulnerabilities": {"NOINC": True}}))
        self.do(CLERK, "prepare", "travellers", number)
        self.do(CLERK, "prepare", "inform", number)
        self.do(CLERK, "prepare", "brief", number)
        for place in adults:
            self.do(
                CLERK, "prepare", "answer", number, "--person", place, "--choice", "RET", "--to", FALLUJAH,
                "--free", "Y", "--alone",
            )  # fmt: skip
        last = until or date.fromordinal(self.today.toordinal() + 60)
        authorities = [part for one in AUTHORITY for part in ("--authority", one)]
        self.do(CLERK, "clearance", "record", number, *authorities, "--status", "GRANTED", "--seen", "--until", last)

    def declare_to_move(self, number: str, adults: tuple[int, ...] = (1, 2)) -> None:
        """Each adult signs that she moves of her own will."""
        for place in adults:
            self.do(CLERK, "prepare", "consent", number, "MOVE", "--person", place)

    def movement(self, on: date, *numbers: str) -> str:
        """A movement to Fallujah with these families, everybody fit, the authorities told, the day given."""
        made: str = self.do(CLERK, "movement", "plan", "--on", on, "--to", FALLUJAH)["number"]
        assert self.do(CLERK, "movement", "add", made, *numbers)["refused"] == []
        self.do(CLERK, "movement", "fit", made)
        self.do(SUPERVISOR, "movement", "notify", made, "--authority", "JOC", "--reference", "12/26")
        assert self.do(SUPERVISOR, "movement", "schedule", made)["refused"] == []
        return made

    def state(self, who: str, number: str) -> str:
        """Where a family stands, as a desk shows it."""
        found: str = self.do(who, "case", "show", number)["state"]
        return found

    def missing(self, number: str) -> set[str]:
        """The safeguards that are missing, as the desk shows them."""
        shown = self.do(CLERK, "case", "show", number)
        return {one["safeguard"] for one in shown["missing"] if one["blocks"]}

    def call(self, who: str, number: str, round_: str, **answers: str) -> Any:
        """A call that reaches the family on its own number."""
        given = [part for code, answer in answers.items() for part in ("--answer", f"{code}={answer}")]
        return self.do(who, "call", "record", number, round_, "--result", "DONE", "--phone", PHONE, "--safe", *given)


def as_text(document: object) -> str:
    """A document as it would be read by somebody at the desk."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True)
