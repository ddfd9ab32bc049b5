"""Acts on referrals: open, send with consent, note the answer, close when the family knows how it ended.

Nothing is sent without the family's consent to this one sharing (DOMAIN.md 2.9): it is a record of its own, and only
what it names is shared.
"""

from __future__ import annotations

import msgspec

from helpdesk.assistance.referrals import rules
from helpdesk.assistance.referrals.documents import Referral
from helpdesk.assistance.referrals.kinds import REFERRAL
from helpdesk.assistance.referrals.rules import ReferralForm
from helpdesk.assistance.services.directory import offer_of
from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import Act, View, command
from helpdesk.desk.roles import FAMILIES
from helpdesk.households.commands import consenting
from helpdesk.households.documents import Consent
from helpdesk.households.forms import ConsentAnswer
from helpdesk.households.kinds import CONSENT
from helpdesk.households.rules import check_consent
from helpdesk.vault.records import document_of, documents_of

PURPOSE = "SHARE-PARTNER"


@command("referral.open", roles=FAMILIES)
def open_(act: Act, form: ReferralForm, call: str | None = None) -> str:
    """Open a draft; nobody outside hears of it yet. ``call`` is the call it came from. Returns its id.

    Raises Refusal("referral.*" | "form.code" | "household.unknown" | "consent.data" | "person.unknown").
    """
    rules.check_form(form)
    household = consenting(act, form.household)
    if form.person is not None and form.person not in household.members:
        raise Refusal("person.unknown")
    provider = form.provider
    if form.offer is not None:
        offer = offer_of(act, form.offer)
        if offer is None:
            raise Refusal("referral.offer")
        provider = offer.provider
    if form.previous is not None and _known(act, form.previous).household != form.household:
        raise Refusal("referral.unknown")
    referral_id = act.new_id()
    referral = Referral(
        household=form.household,
        sector=form.sector,
        need=form.need,
        urgency=form.urgency,
        status="DRAFT",
        opened_on=act.day,
        opened_by=act.user.id,
        due=rules.due(form.urgency, act.day),
        provider=provider,
        offer=form.offer,
        person=form.person,
        previous=form.previous,
        call=call,
    )
    act.records.create(REFERRAL, referral_id, referral)
    act.concerns(referral_id, form.household)
    return referral_id


@command("referral.send", roles=FAMILIES)
def send(act: Act, referral_id: str, shared: tuple[str, ...], consent: ConsentAnswer, provider: str = "") -> Referral:
    """Note that a referral was handed over, with what may be shared and the consent to it.

    Raises Refusal("referral.consent") unless the consent is given and for sharing with a partner, and the refusals of
    check_consent and check_sending.
    """
    known = _known(act, referral_id)
    consenting(act, known.household)
    provider = provider.strip() or known.provider
    rules.check_sending(known, shared, provider)
    if consent.purpose != PURPOSE or consent.answer != "GIVEN":
        raise Refusal("referral.consent")
    consent_id = _record_consent(act, known, consent)
    sent = msgspec.structs.replace(
        known,
        status="SENT",
        provider=provider,
        shared=shared,
        consent=consent_id,
        sent_on=act.day,
        due=rules.due(known.urgency, act.day),
    )
    act.records.revise(REFERRAL, referral_id, sent)
    act.concerns(referral_id, known.household)
    return sent


@command("referral.refuse_sharing", roles=FAMILIES)
def refuse_sharing(act: Act, referral_id: str, consent: ConsentAnswer) -> None:
    """The family does not want to be named: it gets the address and goes by itself; no service depends on it.

    Raises Refusal("referral.consent") where the answer is not a refusal of sharing, Refusal("referral.state").
    """
    known = _known(act, referral_id)
    if consent.purpose != PURPOSE or consent.answer != "REFUSED":
        raise Refusal("referral.consent")
    if known.status != "DRAFT":
        raise Refusal("referral.state", state=known.status)
    consent_id = _record_consent(act, known, consent)
    ended = msgspec.structs.replace(
        known, status="CLOSED", end="OWNWAY", consent=consent_id, told_on=act.day, closed_on=act.day
    )
    act.records.revise(REFERRAL, referral_id, ended)
    act.concerns(referral_id, known.household)


@command("referral.answer", roles=FAMILIES)
def answer(act: Act, referral_id: str, status: str, outcome: str = "") -> None:
    """What the provider said. Raises Refusal("referral.unknown" | "referral.state" | "referral.withdrawn")."""
    known = _known(act, referral_id)
    rules.check_answer(known, status)
    if status == "ACCEPTED" and not sharing_stands(act, known):
        raise Refusal("referral.withdrawn")
    act.records.revise(
        REFERRAL, referral_id,
        msgspec.structs.replace(known, status=status, answered_on=act.day, outcome=outcome.strip() or known.outcome),
    )  # fmt: skip
    act.concerns(referral_id, known.household)


@command("referral.close", roles=FAMILIES)
def close(act: Act, referral_id: str, end: str, told: bool) -> None:
    """Close a referral. ``told``: the family was told how it ended. Raises Refusal("referral.*" | "form.code")."""
    known = _known(act, referral_id)
    rules.check_end(known, end, told=told)
    closed = msgspec.structs.replace(
        known, status="CLOSED", end=end, closed_on=act.day, told_on=act.day if told else None
    )
    act.records.revise(REFERRAL, referral_id, closed)
    act.concerns(referral_id, known.household)


def sharing_stands(view: View, referral: Referral) -> bool:
    """Whether the consent to this sharing still stands: given then, and not taken back by any later word."""
    if referral.consent is None:
        return False
    given = document_of(view.connection, CONSENT, referral.consent)
    said = [one for _, one in documents_of(view.connection, CONSENT, referral.household) if one.purpose == PURPOSE]
    return given is not None and given.answer == "GIVEN" and said[-1].answer == "GIVEN"


def _known(act: View, referral_id: str) -> Referral:
    known = document_of(act.connection, REFERRAL, referral_id)
    if known is None:
        raise Refusal("referral.unknown")
    return known


def _record_consent(act: Act, referral: Referral, answer: ConsentAnswer) -> str:
    check_consent(answer, act.lists)
    consent_id = act.new_id()
    consent = Consent(
        household=referral.household,
        purpose=answer.purpose,
        answer=answer.answer,
        form=answer.form,
        language=answer.language,
        read_aloud=answer.read_aloud,
        text_version=answer.text_version,
        interviewer=act.user.id,
        at=act.at,
        witness=answer.witness,
        person=referral.person,
    )
    act.records.create(CONSENT, consent_id, consent)
    return consent_id
