"""One row of a camp's list: its cells read into a person, and a problem for everything that could not be read.

A cell that cannot be trusted is left out and reported; the person stays, since the family is asked again at the
desk anyway. Nothing is corrected by guessing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from msgspec import Struct

from helpdesk.core.dates import Dated, read_age, read_birth
from helpdesk.core.errors import Refusal, code
from helpdesk.core.numbers import read_phone
from helpdesk.core.text import clean, fold, fold_digits
from helpdesk.households.list_columns import answer

LONGEST_NAME: Final = 60
LONGEST_TEXT: Final = 120
_SHOWN = 40

_NAMES: Final = ("given_name", "father_name", "grandfather_name", "family_name", "mother_name")
_FORMULA = re.compile(r"[=@]|[+\-](?!\s*[\d\u0660-\u0669\u06f0-\u06f9]|\s*$)")
_SEVERAL_PHONES = re.compile(r"[/\\,;\u060c\u061b\n]| - ")
_NOTHING = "-_./\\ \u2013\u2014"
_DOCUMENT = re.compile(r"[0-9A-Z]{3,20}")
_DOCUMENT_MARKS = re.compile(r"[\s\-/.]+")
_UNIFIED_CARD = re.compile(r"[0-9]{12}")


class RowProblem(Struct, frozen=True, forbid_unknown_fields=True):
    """What is wrong in one cell or row. ``row`` counts as the spreadsheet does, from 1; ``column`` is ours or "".

    ``code`` names a sentence of the catalogue; ``value`` is the cell, shortened to forty characters. ``skipped`` says
    that the row is in no family; otherwise the person is in one, without this value.
    """

    row: int
    column: str
    code: str
    value: str
    skipped: bool = False


class ExpectedPerson(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A person as a list names her: nobody's consent, every field may be missing ("" or None).

    ``relation``, ``sex`` and ``document_type`` are codes of registration's code lists, ``phone`` is E.164.
    """

    given_name: str = ""
    father_name: str = ""
    grandfather_name: str = ""
    family_name: str = ""
    mother_name: str = ""
    sex: str | None = None
    birth_date: date | None = None
    birth_precision: str | None = None
    relation: str | None = None
    phone: str = ""
    document_type: str | None = None
    document_number: str = ""

    @property
    def full_name(self) -> str:
        """The name parts that are known, in their order."""
        parts = (self.given_name, self.father_name, self.grandfather_name, self.family_name)
        return " ".join(part for part in parts if part)


@dataclass
class ListRow:
    """A row as read: ``person`` None where it names nobody and ``skip`` says why (a problem's code).

    ``household`` is the list's number folded for comparing, ``reference`` the same as the list writes it.
    """

    number: int
    household: str = ""
    reference: str = ""
    origin: str = ""
    site: str = ""
    shelter: str = ""
    person: ExpectedPerson | None = None
    skip: str = ""
    problems: list[RowProblem] = field(default_factory=list)

    def report(self, column: str, problem: str, value: str = "") -> None:
        """Note what is wrong in a column; the person stays."""
        self.problems.append(RowProblem(self.number, column, problem, shortened(value)))


def shortened(value: str) -> str:
    """A cell as a report shows it: clean, at most forty characters."""
    shown = clean(value[: 4 * _SHOWN])
    return shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "\u2026"


def read_row(number: int, cells: Mapping[str, str], today: date) -> ListRow:
    """Read the cells of one row, {our column: text as written}; ages count on ``today``."""
    row = ListRow(number)
    trusted = {column: _trusted(row, column, text) for column, text in cells.items()}
    row.skip = _nobody(trusted)
    if row.skip:
        return row
    row.reference = fold_digits(trusted.get("household", ""))
    row.household = fold(row.reference)
    row.origin, row.site, row.shelter = (trusted.get(column, "") for column in ("origin", "site", "shelter"))
    relation, sex = _relation_and_sex(row, trusted)
    birth = _birth(row, trusted, today)
    document_type, document_number = _document(row, trusted)
    names = {column: _name(row, column, trusted.get(column, "")) for column in _NAMES}
    if not names["given_name"] and not any(problem.column == "given_name" for problem in row.problems):
        row.report("given_name", code("list.missing"))
    row.person = ExpectedPerson(
        **names,
        sex=sex,
        birth_date=birth.day if birth else None,
        birth_precision=birth.precision if birth else None,
        relation=relation,
        phone=_phone(row, trusted.get("phone", "")),
        document_type=document_type,
        document_number=document_number,
    )
    return row


def _nobody(trusted: Mapping[str, str]) -> str:
    """Why a row names nobody, as a problem's code; "" where it does name somebody."""
    if not any(trusted.values()):
        return code("list.blank")
    named = [column for column in _NAMES if any(letter.isalpha() for letter in trusted.get(column, ""))]
    if any(answer("total", text) for text in trusted.values()) and len(named) < 2:
        return code("list.total")
    return "" if named else code("list.nobody")


def _trusted(row: ListRow, column: str, text: str) -> str:
    """A cell cleaned; "" and a problem where it is a formula or far too long."""
    if any(_is_hidden(character) for character in text[: 4 * LONGEST_TEXT]):
        row.report(column, code("list.hidden"), text)
    cleaned = clean(text[: 4 * LONGEST_TEXT])
    if _FORMULA.match(cleaned):
        row.report(column, code("list.formula"), cleaned)
        return ""
    if len(cleaned) > (LONGEST_NAME if column in _NAMES else LONGEST_TEXT):
        row.report(column, code("list.too_long"), cleaned)
        return ""
    return "" if answer("none", cleaned) or not cleaned.strip(_NOTHING) else cleaned


def _is_hidden(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] == "C" and character not in "\u200c\u200d\ufeff\t\r\n" and not character.isspace()


def _name(row: ListRow, column: str, text: str) -> str:
    if text and not any(character.isalpha() for character in text):
        row.report(column, code("list.name"), text)
        return ""
    return text


def _relation_and_sex(row: ListRow, trusted: Mapping[str, str]) -> tuple[str | None, str | None]:
    relation = _answered(row, "relation", trusted)
    sex = _answered(row, "sex", trusted)
    implied = relation[1] if relation else ""
    found = sex[0] if sex else None
    if found and implied and found != implied:
        row.report("sex", code("list.sex_relation"), trusted["sex"])
        found = None
    elif not found and implied:
        found = implied
    elif not found and not trusted.get("sex"):
        row.report("sex", code("list.missing"))
    return (relation[0] if relation else None), found


def _answered(row: ListRow, column: str, trusted: Mapping[str, str]) -> tuple[str, str] | None:
    text = trusted.get(column, "")
    found = answer(column, text) if text else None
    if text and not found:
        row.report(column, code("list.answer"), text)
    elif not text and column == "relation":
        row.report(column, code("list.missing"))
    return (found.code, found.sex) if found else None


def _birth(row: ListRow, trusted: Mapping[str, str], today: date) -> Dated | None:
    born, age = trusted.get("birth_date", ""), trusted.get("age", "")
    if not born and not age:
        row.report("birth_date", code("list.missing"))
    found: Dated | None = None
    if born:
        try:
            found = read_birth(born, today)
        except Refusal as refused:
            row.report("birth_date", _BIRTH_PROBLEMS.get(refused.code, code("list.date_form")), born)
    if age:
        try:
            estimated = read_age(age, today)
        except Refusal:
            row.report("age", code("list.age"), age)
        else:
            found = found or estimated
    return found


_BIRTH_PROBLEMS: Final = {
    "date.impossible": code("list.date_impossible"),
    "date.future": code("list.date_future"),
    "date.too_old": code("list.date_too_old"),
    "age.range": code("list.age"),
}


def _phone(row: ListRow, text: str) -> str:
    for part in (text, *_SEVERAL_PHONES.split(text)) if text else ():
        try:
            return read_phone(part)
        except Refusal:
            continue
    if text:
        row.report("phone", code("list.phone"), text)
    return ""


def _document(row: ListRow, trusted: Mapping[str, str]) -> tuple[str | None, str]:
    text = trusted.get("document_type", "")
    kind = answer("document_type", text) if text else None
    if text and not kind:
        row.report("document_type", code("list.answer"), text)
    written = trusted.get("document_number", "")
    number = _DOCUMENT_MARKS.sub("", fold_digits(written)).upper()
    if not number:
        return (kind.code if kind else None), ""
    fits = _DOCUMENT.fullmatch(number) and any(character.isdecimal() for character in number)
    if not fits or (kind and kind.code == "NID" and not _UNIFIED_CARD.fullmatch(number)):
        row.report("document_number", code("list.document_number"), written)
        number = ""
    return (kind.code if kind else None), number
