"""Papers of services and referrals: what a provider is told, how a referral ended, and the services near a family.

A referral's slip shows what the family agreed to share and nothing else; for protection not even what it is about.
The list of services carries no number and no day: whoever is seen with one has only asked for a list.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from helpdesk.assistance.referrals.codes import END, OFF_LISTS, SHARED, URGENCY
from helpdesk.assistance.referrals.queries import ReferralShown
from helpdesk.assistance.services.codes import SECTOR, WEEKDAY
from helpdesk.assistance.services.documents import Offer
from helpdesk.core.dates import age_on
from helpdesk.core.errors import Refusal
from helpdesk.core.language import Words, isolate
from helpdesk.core.numbers import household_number_shown, phone_shown
from helpdesk.households.codes import DISABILITY, SEX
from helpdesk.households.rules import DISABLED_FROM
from helpdesk.printing.blocks import Helplines, day_shown, unbroken
from helpdesk.printing.slips import Facts, Slip

Named = Callable[[str], str]
"""The name of a place by its id, in the paper's language."""

_HEX = 16
_REFERENCE_DIGITS = 8


def reference_of(referral_id: str) -> str:
    """The number by which a provider asks about a referral: eight digits that say nothing about the family."""
    tail = int(referral_id.replace("-", "")[-12:], _HEX)
    return f"{tail % 10**_REFERENCE_DIGITS:0{_REFERENCE_DIGITS}d}"


def referral_slip(words: Words, shown: ReferralShown, named: Named, helplines: Helplines, *, practice: bool) -> Slip:
    """What a family brings to a provider. Raises Refusal("referral.consent") unless it agreed and still does."""
    referral = shown.referral
    if referral.sent_on is None or not shown.shares:
        raise Refusal("referral.consent")
    facts: list[tuple[str, str]] = [
        (words("To"), referral.provider),
        (words("Reference"), unbroken(reference_of(shown.id))),
        (words("Sent on"), day_shown(words, referral.sent_on)),
        (words("Answer needed"), words.label(URGENCY.name, referral.urgency)),
    ]
    if shown.offer is not None and shown.offer.contact:
        facts.append((words("Where to ask"), shown.offer.contact))
    is_open = referral.sector not in OFF_LISTS
    if is_open:
        facts.append((words("For"), words.label(SECTOR.name, referral.sector)))
    facts += _shared(words, shown, named, needs=is_open)
    return Slip(
        title=words("Referral"),
        practice=practice,
        facts=tuple(facts),
        sentences=(
            words("The family agreed that this is shared with you, for this one purpose. Keep it to yourself."),
            words("Please answer by {day}: accepted, helped, declined, or no capacity.", day=isolate(
                words.date(referral.due))),
        ),
        helplines=helplines,
    )  # fmt: skip


def _shared(words: Words, shown: ReferralShown, named: Named, *, needs: bool) -> Facts:
    referral, person = shown.referral, shown.person
    phone = next((phone.number for phone in shown.household.phones if phone.safe_to_call), "")
    told = {
        "NAME": person.full_name if person is not None else "",
        "PHONE": unbroken(phone_shown(phone)) if phone else "",
        "PLACE": named(shown.place) if shown.place else "",
        "NEED": referral.need if needs else "",
    }
    if person is not None:
        age = words.plural("{n} year", "{n} years", age_on(person.birth_date, shown.day))
        told["AGE_SEX"] = words.listed((words.label(SEX.name, person.sex), age))
        hard = [one for one, said in (person.difficulties or {}).items() if said in DISABLED_FROM]
        told["DISABILITY"] = words.listed(words.label(DISABILITY.name, one) for one in DISABILITY if one in hard)
    return tuple(
        (words.label(SHARED.name, code), told[code]) for code in SHARED if code in referral.shared and told.get(code)
    )


def closing_slip(
    words: Words,
    shown: ReferralShown,
    end: str,
    offers: Sequence[Offer],
    helplines: Helplines,
    *,
    practice: bool,
) -> Slip:
    """How a referral ended, said honestly, and what exists instead: the lines of the directory for the same need."""
    facts = [
        (words("Household number"), unbroken(household_number_shown(shown.household_number))),
        (words("Day"), day_shown(words, shown.day)),
        (words("How it ended"), words.label(END.name, end)),
    ]
    is_open = shown.referral.sector not in OFF_LISTS
    if is_open:
        facts.insert(1, (words("You asked for"), words.label(SECTOR.name, shown.referral.sector)))
    if end == "SERVED":
        sentences: tuple[str, ...] = (words("You may come back and ask again at any time."),)
    else:
        sentences = (
            words("We could not get you this help. That is not your fault, and it changes nothing else."),
            *(_what_exists(words, offers) if is_open else (words("Ask at any desk what else there is."),)),
        )
    return Slip(
        title=words("How your request ended"),
        practice=practice,
        facts=tuple(facts),
        sentences=sentences,
        helplines=helplines,
    )


def _what_exists(words: Words, offers: Sequence[Offer]) -> tuple[str, ...]:
    if not offers:
        return (words("We know of nobody else here who offers this."),)
    return (words("This is what exists:"), *(offer_line(words, offer) for offer in offers))


def services_slip(words: Words, offers: Sequence[Offer], helplines: Helplines, *, practice: bool) -> Slip:
    """Every service near a place, the same slip for whoever asks: no number, no name, no day."""
    return Slip(
        title=words("Help near you"),
        practice=practice,
        sentences=(
            words("Nobody needs to say why she asks. You choose where you go and what you tell there."),
            *(f"{words.label(SECTOR.name, one.sector)}: {offer_line(words, one)}" for one in offers),
        ),
        helplines=helplines,
    )


def offer_line(words: Words, offer: Offer) -> str:
    """One line of the directory in words: who, what, for whom, where to ask, when, and whether it is free."""
    parts = [isolate(offer.provider), isolate(offer.what)]
    if offer.for_whom:
        parts.append(isolate(offer.for_whom))
    if offer.contact:
        parts.append(unbroken(offer.contact))
    if offer.days:
        parts.append(words.listed(words.label(WEEKDAY.name, day) for day in WEEKDAY if day in offer.days))
    if offer.hours:
        parts.append(unbroken(offer.hours))
    if offer.free is not None:
        parts.append(words("free of charge") if offer.free else words("not free of charge"))
    return "  \u00b7  ".join(parts)
