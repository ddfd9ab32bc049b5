"""A referral that is asked for while the family is on the phone: one button in the call, and the form of a referral.

It is opened with the call, as a draft; what may be shared is asked in the family's file before it is sent. It saves
nothing, and nothing of it reaches the disk before the call is recorded: a need may tell what a list must not.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from helpdesk.assistance.referrals.rules import ReferralForm
from helpdesk.assistance.services.directory import OfferShown
from ui.forms.part import Kept, Missing
from ui.forms.referral_pieces import OpenReferralPart
from ui.theme import Look
from ui.widgets.words import button

KEPT_AS = "sealed.referral."
"""A draft keeps names that begin so in memory only."""
_OPEN = f"{KEPT_AS}open"


class CallReferral(QWidget):
    """Closed at first. ``changed`` tells name and text of an answer, as a draft keeps it."""

    changed = Signal(str, str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._offers: Sequence[OfferShown] = ()
        self.part: OpenReferralPart | None = None
        self.setObjectName("callReferral")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.toggle = button("", look, self._press, icon_name="send", name="callReferral.open")
        self._column.addWidget(self.toggle)
        self._name()

    def begin(self, offers: Sequence[OfferShown], kept: Kept) -> None:
        """Another call, or the same again: what was typed of a referral before stands here."""
        self._offers = offers
        self._close()
        if kept(_OPEN):
            self._open(kept)

    def _press(self) -> None:
        if self.part is None:
            self._open(lambda _: "").sector.setFocus()
            self.changed.emit(_OPEN, "1")
        else:
            self._close()
            self.changed.emit(_OPEN, "")

    def _open(self, kept: Kept) -> OpenReferralPart:
        part = self.part = OpenReferralPart(self._look, self._offers)
        part.show_kept(lambda name: kept(f"{KEPT_AS}{name}"))
        part.changed.connect(lambda name, value: self.changed.emit(f"{KEPT_AS}{name}", value))
        self._column.addWidget(part)
        self._name()
        return part

    def _close(self) -> None:
        if self.part is not None:
            self._column.removeWidget(self.part)
            self.part.hide()
            self.part.setParent(None)
            self.part.deleteLater()
            self.part = None
        self._name()

    def _name(self) -> None:
        words = self._look.words
        said = words("Refer this family") if self.part is None else words("No referral after all")
        self.toggle.setText(f" {said}")
        self.toggle.setAccessibleName(said)

    def missing(self) -> list[Missing]:
        """What a referral that is open still lacks."""
        return self.part.missing() if self.part is not None else []

    def forms(self, household: str) -> tuple[ReferralForm, ...]:
        """The referral as it is handed in, none while none is open."""
        return (self.part.form(household),) if self.part is not None else ()
