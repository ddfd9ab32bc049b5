"""One visit as its page shows it: what it still lacks, its families and their answers, the day and the days after.

It holds no rule and writes nothing; what is wanted leaves by signals.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from helpdesk.core.language import isolate
from helpdesk.journey.areas.facts import AreaStanding
from helpdesk.journey.visits import codes
from helpdesk.journey.visits.offers import HOLDING
from helpdesk.journey.visits.queries import SeatLine, VisitLine, VisitShown
from ui.forms.places import Places
from ui.forms.visit_room import ROW_SEPARATOR, AfterCard, BoardCard, OfferCard, seats_table
from ui.theme import Look
from ui.widgets.fields import NameEdit
from ui.widgets.scan import ScanTarget
from ui.widgets.words import button, label


class VisitRoom(QWidget):
    """See the module. ``opened`` leads to a family's file."""

    checked = Signal(str)
    """The risks were checked, with what came of it."""
    answered = Signal(str, str)
    """A seat, and TAKEN or DECLINED."""
    taken_back = Signal(str)

    def __init__(self, look: Look, places: Places, opened: Callable[[str], None]) -> None:
        super().__init__()
        self._look = look
        self._places = places
        self._opened = opened
        self._shown: VisitShown | None = None
        self._today: date | None = None
        self.about = label("", role="head", name="visitAbout")
        self.lacks = label("", tone="careful", name="visitLacks")
        self.target = ScanTarget(look, "visitScan")
        self.offer = OfferCard(look)
        self.seats = seats_table(look, self._fetch)
        self.seats.picked.connect(lambda _: self._picked())
        self.seats.opened.connect(self._open_family)
        self.board = BoardCard(look)
        self.after = AfterCard(look)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(look.size(12))
        rows: Sequence[QWidget] = (
            self.about, self.lacks, self._risk(), self.target, self.offer, self.seats, self._answers(), self.board,
            self.after,
        )  # fmt: skip
        for row in rows:
            whole.addWidget(row)
        self.hide()

    def _risk(self) -> QWidget:
        words = self._look.words
        self.risk = QWidget()
        row = QHBoxLayout(self.risk)
        row.setContentsMargins(0, 0, 0, 0)
        self.risk_note = NameEdit(self._look, "riskNote", longest=300)
        self.risk_note.setAccessibleName(words("What the risk check came to"))
        self.risk_note.setPlaceholderText(words("who was asked about the risks, and what was found"))
        row.addWidget(self.risk_note, 1)
        row.addWidget(button(words("The risks were checked"), self._look, self._check, name="riskChecked"))
        return self.risk

    def _answers(self) -> QWidget:
        look, words = self._look, self._look.words
        self.answers = QWidget()
        row = QHBoxLayout(self.answers)
        row.setContentsMargins(0, 0, 0, 0)
        self.goes = button(words("Wants to go"), look, partial(self._say, "TAKEN"), name="seatTaken")
        self.declines = button(words("Does not want to go"), look, partial(self._say, "DECLINED"), name="seatDeclined")
        self.mistaken = button(words("Take the offer back"), look, self._take_back, kind="link", name="seatBack")
        for widget in (self.goes, self.declines, self.mistaken):
            row.addWidget(widget)
        row.addStretch(1)
        return self.answers

    def tell(self, shown: VisitShown, place: AreaStanding | None, today: date) -> None:
        """Show a visit as it stands; ``place`` is how its destination stands, None where it is not listed."""
        visit = shown.line.visit
        self._shown, self._today = shown, today
        self.about.setText(ROW_SEPARATOR.join(isolate(part) for part in self._said(shown.line) if part))
        lacks = self._lacks(shown, place)
        self.lacks.setText("\n".join(lacks))
        self.lacks.setVisible(bool(lacks))
        self.target.setVisible(visit.state != "CANCELLED")
        self.risk.setVisible(visit.state == "PLANNED" and visit.risk_checked_on is None)
        self.seats.show_ids([seat.id for seat in shown.seats])
        self._picked()

    def forget(self) -> None:
        """No visit is shown any more."""
        self._shown = None
        self.offer.forget()
        self.risk_note.clear()
        self.hide()

    def show_seat_of(self, household: str) -> bool:
        """Stand on a family's line; False if it was offered no seat in this visit."""
        seats = self._shown.seats if self._shown else ()
        seat = next((one for one in seats if one.household == household), None)
        if seat is None:
            return False
        self.seats.selectRow(self.seats.rows.row_of(seat.id) or 0)
        self.seats.setFocus()
        return True

    def _said(self, line: VisitLine) -> tuple[str, ...]:
        words, visit = self._look.words, line.visit
        return (
            words.label(codes.VISIT.name, visit.kind),
            words.date(visit.on),
            self._places.name(visit.destination),
            words.label(codes.VISIT_STATE.name, visit.state),
            words(
                "{held} of {seats} seats, {waiting} waiting", held=line.held, seats=visit.seats, waiting=line.waiting
            ),
            words("for women only") if visit.women_only else "",
        )

    def _lacks(self, shown: VisitShown, place: AreaStanding | None) -> list[str]:
        words, line = self._look.words, shown.line
        visit, found = line.visit, []
        if visit.state == "PLANNED" and visit.risk_checked_on is None:
            found.append(words("The risks of this visit were not checked yet. Nobody gets on before."))
        if visit.state == "PLANNED" and visit.kind == "GAS" and (place is None or place.missing):
            found.append(words("The safety of the place is not confirmed. Ask about it before anybody goes."))
        if line.over:
            found.append(
                words.plural(
                    "{n} seat was given twice, at two desks. Find another seat or another visit.",
                    "{n} seats were given twice, at two desks. Find other seats or another visit.",
                    line.over,
                )
            )
        at_risk = sum(len(seat.at_risk) for seat in shown.seats if seat.state in HOLDING)
        if at_risk and visit.kind == "GAS" and visit.state == "PLANNED":
            found.append(
                words.plural(
                    "{n} person has no valid civil paper and may be stopped at a checkpoint.",
                    "{n} persons have no valid civil papers and may be stopped at a checkpoint.",
                    at_risk,
                )
            )
        return found

    def _fetch(self, ids: Sequence[Any], then: Callable[[Sequence[SeatLine]], None]) -> None:
        by_id = {seat.id: seat for seat in self._shown.seats} if self._shown else {}
        then([by_id[one] for one in ids if one in by_id])

    def _seat(self) -> SeatLine | None:
        picked = self.seats.picked_id()
        seats = self._shown.seats if self._shown else ()
        return next((seat for seat in seats if seat.id == picked), None)

    def _picked(self) -> None:
        shown, seat = self._shown, self._seat()
        state = seat.state if seat else ""
        live = shown is not None and shown.line.visit.state != "CANCELLED"
        self.answers.setVisible(live and seat is not None and not seat.came)
        self.goes.setVisible(state in ("OFFERED", "WAITING", "DECLINED"))
        self.declines.setVisible(state in ("OFFERED", "WAITING", "TAKEN"))
        due = shown is not None and self._today is not None and self._today >= shown.line.visit.on
        self.board.hide()
        self.after.hide()
        if live and due and shown is not None and seat is not None and state == "TAKEN":
            self.board.show_seat(seat)
            said = self._look.words("A decision is asked from {day} on, of each person alone.", day=shown.decide_from)
            self.after.show_people(seat.travellers, said)

    def _check(self) -> None:
        self.checked.emit(self.risk_note.value())

    def _say(self, said: str) -> None:
        seat = self._seat()
        if seat is not None:
            self.answered.emit(seat.id, said)

    def _take_back(self) -> None:
        seat = self._seat()
        if seat is not None:
            self.taken_back.emit(seat.id)

    def _open_family(self, seat_id: str) -> None:
        seat = next((one for one in self._shown.seats if one.id == seat_id), None) if self._shown else None
        if seat is not None:
            self._opened(seat.household)
