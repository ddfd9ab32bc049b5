"""The profile at a family's new place: shelter, livelihood, protection; two answers that the screen closes again.

Whether the family feels safe and whether somebody is separated from it is sealed at saving: the piece never shows what
was answered before, and no draft keeps it.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from helpdesk.core.codes import CodeList
from helpdesk.households.codes import DAMAGE, YES_NO
from helpdesk.journey.arrivals import codes
from helpdesk.journey.arrivals.documents import (
    LivelihoodAnswers,
    Profile,
    ProfileForm,
    ProtectionAnswers,
    ShelterAnswers,
)
from ui.forms.part import Missing, Part
from ui.theme import Look
from ui.widgets.choices import ChoiceRow, TickGroup, entries_of
from ui.widgets.closed import OPEN_SECONDS
from ui.widgets.fields import DigitEdit, NameEdit
from ui.widgets.words import button, label


class SealedTicks(QWidget):
    """Things to tick that are shown on a key and close by themselves; what is ticked stays, unseen."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._words = look.words
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.toggle = button("", look, self.open_or_close, kind="link", icon_name="show", name="profile.open")
        self.ticks = TickGroup(
            look, "sealed.profile", look.words("Safety and family"), entries_of(look, codes.SEALED_PROFILE), columns=1
        )
        column.addWidget(self.toggle)
        column.addWidget(self.ticks)
        self._timer = QTimer(self, singleShot=True, interval=OPEN_SECONDS * 1000)
        self._timer.timeout.connect(self.close_lines)
        self.ticks.changed.connect(lambda _: self._timer.start())
        self.close_lines()

    def open_or_close(self) -> None:
        """Show the lines, or hide them again."""
        if self.ticks.isVisibleTo(self):
            self.close_lines()
            return
        self.ticks.show()
        self._name(self._words("Close safety and family"))
        self._timer.start()
        self.ticks.setFocus()

    def close_lines(self) -> None:
        """Hide the lines."""
        self._timer.stop()
        self.ticks.hide()
        self._name(self._words("Safety and family: for the protection unit alone (they close by themselves)"))

    def _name(self, text: str) -> None:
        self.toggle.setText(f" {text}")
        self.toggle.setAccessibleName(text)


class ProfilePart(Part):
    """The three assessments on one sheet; every question may be left out."""

    def __init__(self, look: Look, household: str, before: Profile | None = None) -> None:
        super().__init__(look, look.words("Profile at the place"), "profile")
        self._household = household
        self._rows: dict[str, ChoiceRow] = {}
        self._shelter()
        self._livelihood()
        self._protection()
        if before is not None:
            self._show(before)

    def _row(self, name: str, title: str, codes_of: CodeList, columns: int = 4) -> None:
        row = ChoiceRow(self.look, f"profile.{name}", title, entries_of(self.look, codes_of), columns=columns)
        row.changed.connect(lambda code: self.keep(name, code))
        self._rows[name] = row
        self.add(self.field(name, title, row))

    def _shelter(self) -> None:
        words = self.words
        self.add(label(words("Shelter"), role="head"))
        self._row("tenure", words("They live there as"), codes.TENURE, 3)
        self._row("dwelling", words("Kind of dwelling"), codes.DWELLING, 5)
        self._row("damage", words("Damage"), DAMAGE, 3)
        self._row("hazard", words("Is anything explosive suspected?"), YES_NO)
        self._row("occupied", words("Do others live in their house?"), YES_NO)
        self._row("ownership", words("Paper that says it is theirs"), codes.OWNERSHIP, 3)
        self._row("claim", words("Claim for compensation"), codes.CLAIM, 5)

    def _livelihood(self) -> None:
        look, words = self.look, self.words
        self.add(label(words("Livelihood"), role="head"))
        self.incomes = TickGroup(
            look, "profile.incomes", words("What they live on"), entries_of(look, codes.INCOME), columns=5
        )
        self.assets = TickGroup(look, "profile.assets", words("They have"), entries_of(look, codes.ASSET), columns=5)
        self.earners = DigitEdit(look, "profile.earners", longest=2)
        self.debt = DigitEdit(look, "profile.debt", longest=12)
        self.skill = NameEdit(look, "profile.skill", longest=80)
        self.trade = NameEdit(look, "profile.trade", longest=80)
        self.add(self.field("incomes", words("What they live on"), self.incomes))
        self._beside(
            self.field("earners", words("How many earn"), self.earners),
            self.field("debt", words("Debt in dinars"), self.debt),
        )
        self._beside(
            self.field("skill", words("Skill"), self.skill), self.field("trade", words("Trade before"), self.trade)
        )
        self.add(self.field("assets", words("They have"), self.assets))
        self._row("wish", words("What would help most"), codes.WISH, 3)

    def _protection(self) -> None:
        words = self.words
        self.add(label(words("Protection"), role="head"))
        self._row("documents", words("Does everybody have the papers they need?"), YES_NO)
        self._row("movement", words("Can they move freely?"), YES_NO)
        self._row("mhpss", words("Does anybody wish to talk to somebody about what weighs on them?"), YES_NO)
        self._row("access", words("Can everybody reach water, toilet and door?"), YES_NO)
        self.out_of_school = DigitEdit(self.look, "profile.outOfSchool", longest=2)
        self.add(self.field("out_of_school", words("Children who do not go to school"), self.out_of_school))
        self.sealed = SealedTicks(self.look)
        self.sealed.ticks.changed.connect(lambda _: self.changed.emit("sealed.profile", ""))
        self.add(self.sealed)

    def _beside(self, *fields: QWidget) -> None:
        row = QHBoxLayout()
        for field in fields:
            row.addWidget(field, 1)
        self.inside.addLayout(row)

    def _show(self, before: Profile) -> None:
        for part in (before.shelter, before.livelihood, before.protection):
            for name in part.__struct_fields__:
                if name in self._rows:
                    self._rows[name].choose(getattr(part, name))
        living = before.livelihood
        self.incomes.tick(living.incomes or ())
        self.assets.tick(living.assets or ())
        self.skill.setText(living.skill)
        self.trade.setText(living.trade)
        for edit, count in (
            (self.earners, living.earners), (self.debt, living.debt),
            (self.out_of_school, before.protection.out_of_school),
        ):  # fmt: skip
            edit.setText("" if count is None else str(count))

    def missing(self) -> list[Missing]:
        """At least one answer."""
        return [Missing(self.words("one answer"), self)] if self.form() == ProfileForm(self._household) else []

    def form(self) -> ProfileForm:
        """The answers."""
        chosen = {name: row.chosen for name, row in self._rows.items()}
        return ProfileForm(
            self._household,
            ShelterAnswers(**{name: chosen[name] for name in ShelterAnswers.__struct_fields__}),
            LivelihoodAnswers(
                incomes=self.incomes.ticked or None,
                earners=_count(self.earners),
                debt=_count(self.debt),
                skill=self.skill.value(),
                assets=self.assets.ticked or None,
                trade=self.trade.value(),
                wish=chosen["wish"],
            ),
            ProtectionAnswers(
                documents=chosen["documents"],
                movement=chosen["movement"],
                out_of_school=_count(self.out_of_school),
                mhpss=chosen["mhpss"],
                access=chosen["access"],
            ),
            self.sealed.ticks.ticked,
        )


def _count(edit: DigitEdit) -> int | None:
    return int(edit.value()) if edit.value() else None
