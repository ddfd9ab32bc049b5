"""The programme's status table (DOMAIN.md 4.1): six indicators by period, their sub-lines, footnotes it works out.

It puts into words what ``indicators`` counted, and counts nothing itself.
"""

from __future__ import annotations

from helpdesk.desk.commands import View
from helpdesk.reports.asked import Asked, listed, sign
from helpdesk.reports.codes import INDICATOR
from helpdesk.reports.indicators import Check, Status, status
from helpdesk.reports.table import Column, Row, Table

_TAG = "#reached+hh"


def status_table(view: View, asked: Asked) -> Table:
    """The table of these periods as it stands today."""
    return drawn(status(view.connection, view.day, asked.periods, asked.publics), asked)


def drawn(found: Status, asked: Asked) -> Table:
    """The table in words."""
    words = asked.words
    columns = (
        Column("indicator", words("Indicator"), "#indicator+name", counts=False),
        *(Column(one.period.code, one.period.name(words), _TAG) for one in found.columns),
    )
    rows: list[Row] = []
    at: dict[str, int] = {}
    for code in INDICATOR:
        at[code] = len(rows)
        rows.append(Row((words.label(INDICATOR.name, code), *(one.numbers[code] for one in found.columns))))
        rows.extend(_below(code, found, asked))
    notes = _Notes(asked)
    notes.cash(found, at["I4"])
    notes.housing(found, at["I6"])
    notes.balances(found, at)
    if found.awaiting:
        said = words("Not counted: departures of which the next bundle tells whether they are proven: {n}.",
                     n=asked.number(found.awaiting))  # fmt: skip
        notes.said.append(said)
    notes.said.extend(_checked(found.check, asked))
    return Table(
        "status-table",
        words("Status of the programme"),
        columns,
        tuple(rows),
        asked.facts(),
        tuple(notes.said),
        tuple((row, column, " ".join(signs)) for (row, column), signs in notes.marks.items()),
        chart="bars",
    )


def _below(code: str, found: Status, asked: Asked) -> list[Row]:
    # the sub-lines of an indicator
    words = asked.words
    if code == "I1":
        apart = words("Counted apart: formed by dividing a registered family")
        return [Row((apart, *(one.splits for one in found.columns)), part=True)]
    if code in ("I2", "I3"):
        return [
            Row((words("of them: arrival not confirmed"), *(one.unconfirmed[code] for one in found.columns)), part=True)
        ]
    if code == "I4":
        return [
            Row((words("Vouchers paid"), *(one.vouchers for one in found.columns)), part=True),
            Row((words("Dinars paid"), *(one.amount for one in found.columns)), part=True, money=True),
        ]
    return []


class _Notes:
    # footnotes in the order of the table, each with its sign at the cells it is about

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._words = asked.words
        self._signs = 0
        self.said: list[str] = []
        self.marks: dict[tuple[int, int], list[str]] = {}

    def _add(self, text: str, *cells: tuple[int, int]) -> None:
        mark = sign(self._signs)
        self._signs += 1
        for cell in cells:
            self.marks.setdefault(cell, []).append(mark)
        self.said.append(f"{mark} {text}")

    def cash(self, found: Status, row: int) -> None:
        """Who was paid in a period and had departed before it."""
        words, number = self._words, self._asked.number
        told = [(place, one) for place, one in enumerate(found.columns, start=1) if one.earlier]
        if told:
            parts = [words("{period}: {n}", period=one.period.name(words), n=number(one.earlier)) for _, one in told]
            said = words("Families who departed in an earlier period and received cash grants in this one: {list}.",
                         list=listed(words, parts))  # fmt: skip
            self._add(said, *((row, place) for place, _ in told))

    def housing(self, found: Status, row: int) -> None:
        """Works that were begun and not completed by the end of a period."""
        words = self._words
        for place, one in enumerate(found.columns, start=1):
            if one.ongoing:
                said = words("Housing repair and reconstruction works still ongoing at the end of {period}: {n}.",
                             period=one.period.name(words), n=self._asked.number(one.ongoing))  # fmt: skip
                self._add(said, (row, place))

    def balances(self, found: Status, at: dict[str, int]) -> None:
        """Where balances are part of a number, and which balances are not."""
        words = self._words
        opened = [
            (at[code], place)
            for place, one in enumerate(found.columns, start=1)
            for code in INDICATOR
            if one.opened[code]
        ]
        if opened:
            said = words("With opening balances of the time before this register, entered at the centre.")
            self._add(said, *opened)
        for balance in found.left_out:
            self.said.append(
                words(
                    "Left out: the opening balance of {indicator} from {first} to {last} lies in no column whole.",
                    indicator=words.label(INDICATOR.name, balance.indicator),
                    first=balance.first,
                    last=balance.last,
                )
            )


def _checked(check: Check, asked: Asked) -> list[str]:
    words, number = asked.words, asked.number
    if asked.leaves:
        # three sums that differ by little would tell the little
        return []
    said = [
        words(
            "Check: {departed} departures and {paid} families paid so far; {queue} wait for their payment.",
            departed=number(check.departed),
            paid=number(check.paid),
            queue=number(check.queue),
        )
    ]
    if check.apart:
        said.append(words("Paid without a departure that counts: {n}.", n=number(check.apart)))
    if check.again:
        said.append(words("Departures of families that left a second time later: {n}.", n=number(check.again)))
    if check.opened:
        said.append(words("In the opening balances departures and payments differ by {n}.", n=str(check.opened)))
    if not check.holds:
        said.append(words("The check does not come out: the register was changed while it was counted. Count again."))
    return said
