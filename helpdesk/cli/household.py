"""``household``: register, load a camp's list, search, show a family's file, print the form for hours without power.

What is shown is what the desk may see; sealed answers are never among it. Names go to stdout only.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final

import typer
from msgspec import Struct

from helpdesk.cli.door import Door
from helpdesk.cli.session import as_document, desk_of, read_json, writable, write_csv
from helpdesk.core.errors import HelpDeskError
from helpdesk.core.files import replace_file
from helpdesk.core.ids import new_id
from helpdesk.core.language import LANGUAGES, Words, isolate, isolate_ltr
from helpdesk.core.numbers import household_number_shown, phone_shown, read_number
from helpdesk.desk.bundle import Bundle
from helpdesk.desk.commands import View
from helpdesk.desk.places import Gazetteer, load_gazetteer
from helpdesk.households import commands, expected, paper_forms, queries
from helpdesk.households.cards import household_of
from helpdesk.households.consent import consent_text
from helpdesk.households.documents import PlaceAnswer
from helpdesk.households.forms import Registration
from helpdesk.households.list_rows import RowProblem
from helpdesk.households.matching import match_list
from helpdesk.households.registration_file import with_id
from helpdesk.printing.forms import FormBatch, registration_forms_pdf

app: Final = typer.Typer(
    name="household", help="Register families, load lists, search, show.", rich_markup_mode=None, no_args_is_help=False
)

InFile = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)]


class Registered(Struct, frozen=True):
    """The answer to ``register``."""

    household: str
    number: str


class Shown(Struct, frozen=True):
    """The answer to ``show``: the file as the desk may see it, and what profiling has to ask yet."""

    file: queries.HouseholdFile
    not_asked: tuple[str, ...]


@app.command("register")
def register(
    context: typer.Context,
    file: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="A registration as JSON.")],
) -> None:
    """Register a family that stands at the desk (resources/schemas/registration.schema.json)."""
    document = read_json(file)
    with desk_of(context) as (door, desk):
        form = as_document(with_id(document, new_id(desk.clock.now())), Registration, file)
        household = desk.do(commands.register, form)
        number = isolate_ltr(household_number_shown(household.number))
        done = Registered(form.household_id, household.number)
        door.answer(done, door.words("Registered under the number {number}.", number=number))


@app.command("expect")
def expect(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="LIST", exists=True, dir_okay=False, help="A .csv or .xlsx file.")],
    map_: Annotated[
        Path | None, typer.Option("--map", exists=True, dir_okay=False, help="JSON: our column to their header.")
    ] = None,
    report: Annotated[Path | None, typer.Option(help="Write the report row by row as CSV.")] = None,
) -> None:
    """Load a camp's list as expected families. A list is nobody's consent: nobody is registered by it."""
    mapping = as_document(read_json(map_), dict[str, str], map_) if map_ else None
    if report is not None:
        writable(report)
    with desk_of(context) as (door, desk):
        with door.progress() as progress:
            loaded = desk.do(expected.load, file, mapping, progress)
        words = door.words
        if report is not None:
            rows = ((p.row, p.column, p.code, _reason(words, p), p.skipped) for p in loaded.problems)
            write_csv(report, ("row", "column", "code", "reason", "row_skipped"), rows)
        door.answer(loaded, *_loaded_lines(words, loaded))


def _loaded_lines(words: Words, loaded: expected.Loaded) -> Iterator[str]:
    yield words("New expected families: {n}", n=loaded.new)
    yield words("Expected already: {n}", n=loaded.known)
    yield words("Registered already: {n}", n=loaded.registered)
    yield words(
        "Rows: {rows}, used: {used}, not used: {skipped}",
        rows=loaded.rows, used=loaded.rows_used, skipped=loaded.rows_skipped,
    )  # fmt: skip
    for problem in loaded.problems:
        place = f"{words.digits(problem.row)}  {problem.column}".rstrip()
        yield words("Row {place}: {reason}", place=place, reason=_reason(words, problem))


def _reason(words: Words, problem: RowProblem) -> str:
    return words.sentence(HelpDeskError(problem.code, value=problem.value))


@app.command("match")
def match(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="LIST", exists=True, dir_okay=False, help="A .csv or .xlsx file.")],
    out: Annotated[Path, typer.Option(help="The CSV to write.")],
    map_: Annotated[
        Path | None, typer.Option("--map", exists=True, dir_okay=False, help="JSON: our column to their header.")
    ] = None,
) -> None:
    """Compare a camp's list with the register: which families may be registered already. Nothing is loaded."""
    mapping = as_document(read_json(map_), dict[str, str], map_) if map_ else None
    writable(out)
    with desk_of(context) as (door, desk):
        with door.progress() as progress:
            matched = desk.do(match_list, file, mapping, progress)
        rows = ((m.household, m.household_number, m.probability, " ".join(m.reasons)) for m in matched.matches)
        write_csv(out, ("household", "household_number", "probability", "reasons"), rows)
        words, n = door.words, len(matched.matches)
        door.answer(
            matched,
            words("Families in the list: {families}", families=matched.families),
            words.plural("{n} pair may be the same family: {file}", "{n} pairs may be the same family: {file}", n,
                         file=isolate_ltr(str(out))),
        )  # fmt: skip


@app.command("search")
def search(context: typer.Context, text: Annotated[str, typer.Argument(help="A number, phone, name or scan.")]) -> None:
    """Find families by number, last digits of a phone, or any member's name in any spelling; on camps' lists too."""
    with desk_of(context) as (door, desk):
        found = desk.ask(queries.find, text)
        announced = desk.ask(expected.find_expected, text)
        lines = [*(_line(door.words, line) for line in found), *(_announced(door.words, line) for line in announced)]
        door.answer((*found, *announced), *(lines or [door.words("Nobody was found.")]))


def _line(words: Words, line: queries.HouseholdLine) -> str:
    number = isolate_ltr(household_number_shown(line.number))
    matched = f"  ({isolate(line.matched)})" if line.matched else ""
    return f"{number}  {isolate(line.principal)}{matched}  {words.plural('{n} person', '{n} persons', line.persons)}"


def _announced(words: Words, line: expected.ExpectedLine) -> str:
    persons = words.plural("{n} person", "{n} persons", line.persons)
    found = f"{isolate_ltr(line.reference)}  {isolate(line.name)}  {persons}".strip()
    return f"{found}  {words('expected, not registered')}"


@app.command("show")
def show(context: typer.Context, number: Annotated[str, typer.Argument(help="The household number.")]) -> None:
    """A family's file as the desk may see it. It leaves an entry in the audit log."""
    digits = read_number(number).digits
    with desk_of(context) as (door, desk):
        file = desk.do(queries.open_file, desk.ask(household_of, digits))
        door.answer(Shown(file, file.not_asked()), *_file_lines(door.words, file, _places(desk.bundle)))


def _places(bundle: Bundle | None) -> Gazetteer:
    return load_gazetteer().with_added(bundle.places) if bundle else load_gazetteer()


def _place(words: Words, places: Gazetteer, answer: PlaceAnswer | None) -> str:
    if answer is None:
        return words("not asked yet")
    listed = places.shown(answer.place_id, words.language) if answer.place_id else answer.unlisted
    return isolate(", ".join(part for part in (answer.village, listed) if part))


def _file_lines(words: Words, file: queries.HouseholdFile, places: Gazetteer) -> Iterator[str]:
    household = file.household
    yield words("Household {number}", number=isolate_ltr(household_number_shown(household.number)))
    registered = f"{words('Registered')}: {words.date(household.registered_on)}"
    yield f"{words.label('population', household.population)}  {registered}"
    for person_id, person in file.persons.items():
        principal = f"  {words('Principal')}" if person_id == household.principal else ""
        yield (
            f"  {isolate(person.full_name)}  {words.label('sex', person.sex)}  {words.digits(person.birth_date.year)}"
            f"  {words.label('relation', person.relation)}{principal}"
        )
    for phone in household.phones:
        yield f"{words('Phone')}: {isolate_ltr(phone_shown(phone.number))}"
    yield f"{words('Site')}: {_place(words, places, household.site)}  {isolate(household.shelter)}".rstrip()
    for consent in file.consents:
        yield f"{words.label('purpose', consent.purpose)}: {words.label('consent_answer', consent.answer)}"
    yield from _answer_lines(words, file, places)


def _answer_lines(words: Words, file: queries.HouseholdFile, places: Gazetteer) -> Iterator[str]:
    if file.displacement is not None:
        yield f"{words('Origin')}: {_place(words, places, file.displacement.origin)}"
    for intention in file.intentions:
        destination = f"  {_place(words, places, intention.destination)}" if intention.destination else ""
        yield f"{words('Intention')}: {words.label('choice', intention.choice)}{destination}"
    for barriers in file.barriers:
        for item in barriers.items:
            listed = "barrier" if item.code.startswith("C1") else "other_reason"
            status = words.label("barrier_status", item.status)
            yield f"{words('Barrier')}: {words.label(listed, item.code)}  {status}"
    for flag in sorted(file.flags):
        yield f"{words('Vulnerability')}: {words.label('vulnerability', flag)}"
    if file.card is not None:
        yield f"{words('Card')}: {words.label('card_status', file.card.status)}  {words.date(file.card.issued_on)}"
    for question in file.not_asked():
        yield f"{words('not asked yet')}: {words.label('not_asked', question)}"


@app.command("forms")
def forms(
    context: typer.Context,
    count: Annotated[int, typer.Option(min=1, max=paper_forms.MOST, help="How many forms, each on one sheet.")],
    out: Annotated[Path, typer.Option(help="The PDF to write.")],
    language: Annotated[str | None, typer.Option(help="Language of the forms, else that of the answers.")] = None,
) -> None:
    """Print the registration form on paper, for the hours without power."""
    writable(out)
    with desk_of(context) as (door, desk):
        words = paper_words(door, language)
        bundle = desk.ask(View.in_force)
        text = consent_text("DATA", words.language)
        batch = FormBatch(
            form_ids=tuple(paper_forms.shown(number) for number in paper_forms.draw(count)),
            consent_text="\n".join(text.paragraphs),
            consent_version=text.version,
            helplines=tuple((line.label, line.number) for line in bundle.helplines),
            practice=desk.practice,
        )
        replace_file(out, registration_forms_pdf(batch, words))
        door.answer({"file": str(out), "forms": batch.form_ids}, str(out))


def paper_words(door: Door, language: str | None) -> Words:
    """The words of a paper: its own language, else that of the answers. A wrong one is a usage error."""
    if language is not None and language not in LANGUAGES:
        raise typer.BadParameter(f"one of {', '.join(LANGUAGES)}", param_hint="--language")
    return door.words.in_language(language) if language else door.words
