"""Which camp or site a list is about: everywhere, or one of those where families stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from helpdesk.households.documents import PlaceAnswer
from helpdesk.journey.cases.worklists import SiteCount
from ui.forms.places import Places
from ui.theme import Look
from ui.widgets.words import label

EVERYWHERE: Final = ""


class SitePick(QWidget):
    """A box with the sites, the largest first."""

    picked = Signal()

    def __init__(self, look: Look, places: Places) -> None:
        super().__init__()
        self._look = look
        self._places = places
        self._wanted = EVERYWHERE
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        title = look.words("Camp or site")
        self.box = QComboBox()
        self.box.setObjectName("sitePick")
        self.box.setAccessibleName(title)
        self.box.setMinimumHeight(look.size(32))
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(12)
        self.box.activated.connect(self._pick)
        self.setFocusProxy(self.box)
        row.addWidget(label(title, role="quiet", wrap=False))
        row.addWidget(self.box, 1)
        self.offer(())

    @property
    def chosen(self) -> str | None:
        """The id of the site, None for everywhere."""
        return self._wanted or None

    def show_site(self, site: str) -> None:
        """Choose without a signal."""
        self._wanted = site
        self._stand()

    def offer(self, sites: Sequence[SiteCount]) -> None:
        """These sites; what was chosen stays."""
        words = self._look.words
        self.box.clear()
        self.box.addItem(words("everywhere"), EVERYWHERE)
        for one in sites:
            if one.site:
                name = self._places.name(PlaceAnswer(one.site))
                self.box.addItem(words("{thing}: {count}", thing=name, count=one.families), one.site)
        self._stand()

    def _stand(self) -> None:
        self.box.setCurrentIndex(max(0, self.box.findData(self._wanted)))

    def _pick(self, place: int) -> None:
        self._wanted = str(self.box.itemData(place) or EVERYWHERE)
        self.picked.emit()
