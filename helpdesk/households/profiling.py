"""The second step for a registered family: what profiling asks of persons, papers, displacement and vulnerability.

Runs inside the gate, only while the data consent stands. A paper's number is hashed here and kept nowhere.
"""

from __future__ import annotations

import hashlib
import hmac

import msgspec

from helpdesk.core.dates import age_on
from helpdesk.core.errors import Refusal
from helpdesk.core.text import fold
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import FAMILIES
from helpdesk.households import alike, codes, rules, sealing
from helpdesk.households.commands import consenting
from helpdesk.households.documents import Displacement, Household, PaperDocument, Vulnerability
from helpdesk.households.forms import DisplacementAnswer, PaperEntry, Profiling
from helpdesk.households.kinds import DISPLACEMENT, HOUSEHOLD, PAPER, PERSON, VULNERABILITY
from helpdesk.vault.records import document_of, documents_of

_MATCH_BYTES = 10


@command("household.profile", roles=FAMILIES)
def profile(act: Act, form: Profiling) -> None:
    """The second step: what registration left at "not asked yet". Raises Refusal("form.code"), ("person.unknown")."""
    found = consenting(act, form.household_id)
    rules.check_sealed(form.sealed, len(found.members), act.lists)
    _profile_persons(act, form, found)
    for paper in form.papers:
        _record_paper(act, form.household_id, found, paper)
    if form.social is not None or form.reading is not None:
        for entry in form.social or ():
            rules.among(entry, act.lists.accepted(codes.SOCIAL), "social")
        rules.among(form.reading, codes.READING, "reading", required=False)
        changed = msgspec.structs.replace(
            found,
            social=found.social if form.social is None else form.social,
            reading=form.reading or found.reading,
        )
        act.records.revise(HOUSEHOLD, form.household_id, changed)
    if form.displacement is not None:
        rules.check_displacement(form.displacement, found.population, act.day)
        _replace_displacement(act, form.household_id, form.displacement)
    if form.vulnerabilities is not None or form.cwg is not None:
        _record_vulnerability(act, form)
    sealing.write_next(act, form.household_id, form.sealed)
    act.records.flush()
    alike.index_again(act.connection, form.household_id)
    act.concerns(form.household_id)


def _profile_persons(act: Act, form: Profiling, found: Household) -> None:
    for answers in form.persons:
        if answers.person not in found.members:
            raise Refusal("person.unknown")
        known = document_of(act.connection, PERSON, answers.person)
        if known is None:
            raise Refusal("person.unknown")
        rules.among(answers.marital, codes.MARITAL, "marital", required=False)
        for domain, difficulty in (answers.difficulties or {}).items():
            rules.among(domain, codes.DISABILITY, "difficulties")
            rules.among(difficulty, codes.DIFFICULTY, "difficulties")
        told = {
            name: value
            for name, value in msgspec.structs.asdict(answers).items()
            if value is not None and name != "person"
        }
        if told.get("marital") and age_on(known.birth_date, act.day) < rules.ADULT:
            raise Refusal("person.marital_sealed")
        act.records.revise(PERSON, answers.person, msgspec.structs.replace(known, **told))


def _record_paper(act: Act, household: str, found: Household, entry: PaperEntry) -> None:
    rules.among(entry.type, act.lists.accepted(codes.DOCUMENT), "document")
    rules.among(entry.status, codes.DOCUMENT_STATUS, "document_status")
    if entry.person is not None and entry.person not in found.members:
        raise Refusal("person.unknown")
    digits = "".join(fold(entry.number).split())
    paper = PaperDocument(
        household=household,
        person=entry.person,
        type=entry.type,
        status=entry.status,
        match=document_keys(bytes.fromhex(act.in_force().match_key), entry.type, digits),
        last_four=digits[-4:],
        issue_place=entry.issue_place,
        expiry=entry.expiry,
        seen=entry.seen,
    )
    act.records.flush()  # the same form may have named this paper twice
    for record_id, known in documents_of(act.connection, PAPER, household):
        if (known.type, known.person) == (entry.type, entry.person):
            act.records.revise(PAPER, record_id, paper)
            return
    act.records.create(PAPER, act.new_id(), paper)


def document_keys(match_key: bytes, paper_type: str, number: str) -> tuple[str, ...]:
    """Keyed hashes of a paper's number, whole and as first and last six characters; nothing else of it is kept.

    HMAC-SHA256 under the programme's match key, cut to ten bytes: the same at every desk, useless without the key.
    """
    if not number:
        return ()
    parts = (("whole", number), ("first", number[:6]), ("last", number[-6:]))
    return tuple(
        hmac.new(match_key, f"{paper_type}|{part}|{text}".encode(), hashlib.sha256).digest()[:_MATCH_BYTES].hex()
        for part, text in parts
    )


def _replace_displacement(act: Act, household: str, answer: DisplacementAnswer) -> None:
    fresh = Displacement(household=household, **msgspec.structs.asdict(answer))
    known = documents_of(act.connection, DISPLACEMENT, household)
    if known:
        act.records.revise(DISPLACEMENT, known[-1][0], fresh)
    else:
        act.records.create(DISPLACEMENT, act.new_id(), fresh)


def _record_vulnerability(act: Act, form: Profiling) -> None:
    for flag in form.vulnerabilities or {}:
        if flag not in codes.ASKED_VULNERABILITY:
            raise Refusal("form.code", field="vulnerabilities")
    rules.among(form.cwg, codes.CWG, "cwg", required=False)
    known = documents_of(act.connection, VULNERABILITY, form.household_id)
    answered = {**(known[-1][1].answered if known else {}), **(form.vulnerabilities or {})}
    fresh = Vulnerability(form.household_id, answered, form.cwg or (known[-1][1].cwg if known else None))
    if known:
        act.records.revise(VULNERABILITY, known[-1][0], fresh)
    else:
        act.records.create(VULNERABILITY, act.new_id(), fresh)
