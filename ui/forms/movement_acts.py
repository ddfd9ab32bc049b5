"""The buttons of one movement in three rows: for the family that is picked, for the movement, for its papers.

They only tell what was pressed; which of them are shown follows from the movement, the family and the role.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from helpdesk.journey.cases.commands import bulk_declare_ready
from helpdesk.journey.departures import codes, day, planning
from helpdesk.journey.departures.queries import FamilyLine, MovementShown
from ui.theme import Look
from ui.widgets.fields import NameEdit
from ui.widgets.words import button

_FAMILY: Final = ("travel", "not_present", "turned_back", "refused", "take_off")
_MOVEMENT: Final = ("add_ready", "declare", "all_fit", "tell", "type_in", "road", "change", "cancel")
PAPERS: Final = ("manifest", "driver", "authorities", "letter", "family_papers", "forms")
_STOPS: Final = frozenset({"take_off", "cancel"})


class MovementActs(QWidget):
    """The rows, and the one field for a reason that some acts need."""

    pressed = Signal(str)
    """The name of the act."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        words = look.words
        titles = {
            "travel": words("How they travel"),
            "not_present": words("Was not here after all"),
            "turned_back": words("Turned back"),
            "refused": words("Refused at a checkpoint"),
            "take_off": words("Take off the list"),
            "add_ready": words("List all that are ready"),
            "declare": words("Declare the list ready"),
            "all_fit": words("Everybody is fit to travel"),
            "tell": words("An authority was told"),
            "type_in": words("Type in a paper form"),
            "road": words("A call on the road"),
            "change": words("Change the plan"),
            "cancel": words("Cancel the movement"),
            "manifest": words("Manifest"),
            "driver": words("For the driver"),
            "authorities": words("For authorities"),
            "letter": words("Letter"),
            "family_papers": words("This family's papers"),
            "forms": words("Paper forms"),
        }
        self.reason = NameEdit(look, "lineReason", longest=200)
        self.reason.setAccessibleName(words("Why"))
        self.reason.setPlaceholderText(words("why"))
        self.buttons: dict[str, QPushButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for row_of in (_FAMILY, _MOVEMENT, PAPERS):
            row = QHBoxLayout()
            for name in row_of:
                made = self.buttons[name] = button(
                    titles[name], look, self._telling(name), kind="stop" if name in _STOPS else "",
                    icon_name="print" if row_of is PAPERS else "", name=f"act.{name}",
                )  # fmt: skip
                row.addWidget(made)
            if row_of is _FAMILY:
                row.addWidget(self.reason, 1)
            row.addStretch(0)
            column.addLayout(row)

    def _telling(self, name: str) -> Callable[[], None]:
        return lambda: self.pressed.emit(name)

    def arrange(self, shown: MovementShown, line: FamilyLine | None, may: Callable[..., bool]) -> None:
        """Show what may be done now."""
        state = line.state if line else ""
        planned = shown.movement.state == "PLANNED"
        back = state == "DEPARTED" and may(day.came_back)
        off = planned and state in codes.LIVE and may(planning.take_off)
        tells = may(planning.notify)
        seen = {
            "travel": planned and state in codes.LIVE and may(planning.answer),
            "not_present": planned and state == "PRESENT",
            "turned_back": back,
            "refused": back,
            "take_off": off,
            "add_ready": planned and not shown.has_come,
            "declare": planned and not shown.has_come and may(bulk_declare_ready),
            "all_fit": planned,
            "tell": planned and tells,
            "type_in": shown.has_come,
            "road": shown.movement.state != "CANCELLED" and shown.day >= shown.movement.day and may(day.road_call),
            "change": planned and may(planning.change),
            "cancel": planned and may(planning.cancel),
            "authorities": tells,
            "letter": tells,
            "family_papers": line is not None,
        }
        for name, made in self.buttons.items():
            made.setVisible(seen.get(name, True))
        self.reason.setVisible(back or off or seen["cancel"])
