"""What may be asked and done about the way of a family: each piece with the command that saves what it gives.

They build and connect; opening, saving and what is said afterwards are the page's. Every name of a command of cases
and preparing that the file uses stands here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, Final, TypeAlias

from helpdesk.households.consent import consent_text
from helpdesk.households.queries import HouseholdFile
from helpdesk.journey.cases import commands as cases
from helpdesk.journey.cases import proposing, waiving
from helpdesk.journey.cases.documents import Standing
from helpdesk.journey.preparing import commands as preparing
from helpdesk.journey.preparing.codes import TOPIC
from ui.forms import case_pieces, preparing_pieces
from ui.forms.consent import ConsentPart
from ui.forms.file_beside import Asking
from ui.forms.file_part import Family
from ui.theme import Look

After: TypeAlias = "Callable[[Any], None]"
INFORM: Final = preparing.record_information
BRIEF: Final = preparing.record_briefing
TOPIC_OF: Final = {"H4": "HLPCOMP", "H5": "NUMBERS"}
REVIEW_DAYS: Final = 30
"""Days ahead that are offered for looking again; the clerk may type another day."""


def information(look: Look, household: str, lacking: Sequence[str], then: After) -> Asking:
    """What was explained to them."""
    return information_many(look, (household,), lacking, then)


def information_many(look: Look, households: Sequence[str], lacking: Sequence[str], then: After) -> Asking:
    """What was explained to many families together."""
    piece = preparing_pieces.information_piece(look, [code for code in TOPIC if code in lacking])
    return Asking(piece, lambda: (INFORM, tuple(households), piece.items.ticked), then)


def briefing(look: Look, household: str, then: After) -> Asking:
    """The briefing before they leave."""
    return briefing_many(look, (household,), then)


def briefing_many(look: Look, households: Sequence[str], then: After) -> Asking:
    """A briefing that many families heard together."""
    piece = preparing_pieces.briefing_piece(look)
    return Asking(piece, lambda: (BRIEF, tuple(households), piece.items.ticked), then)


def own_word(look: Look, family: Family, standing: Standing, person: str, then: After) -> Asking:
    """One adult is asked alone. Nothing of the answer is said afterwards but that it is written down."""
    name = family.file.persons[person].full_name
    piece = preparing_pieces.OwnWordPart(look, family.places, name, standing.destination)

    def answer() -> preparing.ReconfirmationAnswer:
        return preparing.ReconfirmationAnswer(
            person=person,
            choice=piece.choice.chosen or "",
            destination=piece.where(),
            alone=piece.alone.isChecked(),
            free_to_choose=piece.free.chosen or "",
            forced=piece.forced.chosen == "Y",
            language=look.words.language,
        )

    return Asking(piece, lambda: (preparing.record_reconfirmation, standing.household, answer()), then)


def declaration(look: Look, family: Family, person: str, moved: Callable[[], None], then: After) -> Asking:
    """One adult's own declaration that she moves of her own will."""
    piece = ConsentPart(look, consent_text, "MOVE", tally=False)
    piece.agreed.connect(lambda _: moved())
    return Asking(piece, lambda: (preparing.move_consent, family.file.id, person, piece.consent()), then)


def travellers(look: Look, file: HouseholdFile, then: After) -> Asking:
    """Who travels and who stays."""
    piece = preparing_pieces.TravellersPart(look, file)
    return Asking(piece, lambda: (preparing.record_travellers, file.id, piece.staying()), then)


def there_ready(look: Look, standing: Standing, then: After) -> Asking | None:
    """Roof and permission where they settle; None while nobody said where that is."""
    piece, destination = preparing_pieces.ThereReadyPart(look), standing.destination
    if destination is None:
        return None

    def answer() -> preparing.RelocationAnswer:
        return preparing.RelocationAnswer(
            destination=destination,
            housing=piece.housing.chosen or "",
            residency=piece.residency.chosen or "",
            until=piece.until.day(),
            reference=piece.reference.value(),
        )

    return Asking(piece, lambda: (preparing.record_relocation_check, standing.household, answer()), then)


def guardians(look: Look, family: Family, standing: Standing, minors: Sequence[str], then: After) -> Asking:
    """Minors who travel without both guardians were seen by protection staff."""
    persons = family.file.persons
    piece = preparing_pieces.GuardiansPart(look, [persons[one].full_name for one in minors if one in persons])
    adults = preparing_pieces.adults_of(family.file, standing.travellers)
    return Asking(
        piece,
        lambda: (
            preparing.record_guardian_check, standing.household, tuple(minors), tuple(adults),
            piece.organisation.value(),
        ),
        then,
    )  # fmt: skip


def waiver(look: Look, household: str, safeguard: str, then: After) -> Asking:
    """A condition is proposed to be waived."""
    piece = case_pieces.waiver_piece(look, safeguard)
    return Asking(piece, lambda: (waiving.propose_waiver, household, safeguard, piece.reason.value()), then)


def settlement(look: Look, household: str, then: After) -> Asking:
    """An incident is settled."""
    piece = case_pieces.settle_piece(look)
    chosen = piece.choice
    return Asking(
        piece,
        lambda: (waiving.settle_incident, household, chosen.chosen if chosen else "", piece.reason.value()),
        then,
    )


def hold(look: Look, household: str, then: After) -> Asking:
    """The family waits."""
    return hold_many(look, (household,), then)


def hold_many(look: Look, households: Sequence[str], then: After) -> Asking:
    """Many families wait: an alert, a road that was closed."""
    piece = case_pieces.hold_piece(look)
    return Asking(piece, lambda: (cases.hold, tuple(households), piece.code.chosen, piece.day.day()), then)


def follow_up(look: Look, household: str, review_on: date, then: After) -> Asking:
    """The family is handed to the follow-up at the centre; ``review_on`` is offered as the day to look again."""
    words = look.words
    piece = case_pieces.review_piece(
        look, words("Follow-up at the centre"),
        words("The centre takes it on. The desk keeps the log and the day to look again; no reason is written."),
        review_on,
    )  # fmt: skip
    return Asking(piece, lambda: (cases.follow_up, household, piece.day.day()), then)


def propose_follow_up(look: Look, household: str, today: date, then: After) -> Asking:
    """Follow-up at the centre is proposed to the supervisor."""
    words = look.words
    piece = case_pieces.review_piece(
        look, words("Propose follow-up at the centre"),
        words("A supervisor decides. Until then nothing changes for the family; no reason is written."),
        today + timedelta(days=REVIEW_DAYS),
    )  # fmt: skip
    return Asking(piece, lambda: (proposing.propose, household, piece.day.day()), then)


def stay(look: Look, household: str, today: date, then: After) -> Asking:
    """The family stays where it is."""
    words = look.words
    piece = case_pieces.review_piece(
        look, words("They stay"),
        words("Services and their own follow-up go on, without any movement. They may change their mind."),
        today + timedelta(days=REVIEW_DAYS),
    )  # fmt: skip
    return Asking(piece, lambda: (cases.stay, household, piece.day.day()), then)


def log(look: Look, household: str, then: After) -> Asking:
    """An entry of the log."""
    piece = case_pieces.log_piece(look)
    return Asking(piece, lambda: (cases.note_follow_up, household, piece.code.chosen, piece.day.day()), then)


def left_alone(look: Look, household: str, today: date, then: After) -> Asking:
    """The family left on its own."""
    piece = case_pieces.left_piece(look, today)
    return Asking(
        piece, lambda: (cases.leave_unfacilitated, household, piece.code.chosen, piece.day.day()), then
    )  # fmt: skip


def caseworker(
    look: Look, household: str, people: Sequence[tuple[str, str]], chosen: str | None, then: After
) -> Asking:
    """Who accompanies the family."""
    piece = case_pieces.CaseworkerPart(look, people, chosen)
    return Asking(piece, lambda: (cases.assign_caseworker, household, piece.who.chosen or None), then)
