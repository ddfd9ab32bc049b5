"""Files as a stick's story: what goes out, what came in, and when the stick may be removed.

It chooses files and folders and shows progress; writing, copying, reading back and checking are the exchange's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, Final

from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QWidget

from helpdesk.core.clock import read_instant
from helpdesk.core.codes import CodeList
from helpdesk.core.language import isolate, isolate_ltr
from ui.pages.base import Action, Page
from ui.surroundings import Surroundings
from ui.widgets.words import Card, button, clear, label

OUTBOX_STATE: Final = CodeList("outbox_state", "WRITTEN", "COPIED", "ACCEPTED", "QUARANTINED", "WAITING")
"""How a file of this desk stands (``helpdesk.exchange.tables.OutboxRow``)."""
FILE_KIND: Final = CodeList("file_kind", "bundle", "ack", "batch")
"""What a file that came in is."""
_TONES: Final = {"ACCEPTED": "good", "QUARANTINED": "stop", "WRITTEN": "careful", "WAITING": "careful"}


@dataclass(frozen=True)
class FilesCalls:
    """What the page needs of the exchange.

    ``export(desk, home, stick, progress)``, ``copy_again(desk, home, seq, stick, progress)`` and
    ``install(desk, path, progress)`` are called in the store's thread with the desk itself; ``outbox``,
    ``unacknowledged``, ``came_in`` and ``siblings`` are queries; ``plan`` is the command that says who may export.
    """

    export: Callable[..., Any]
    copy_again: Callable[..., Any]
    install: Callable[..., Any]
    outbox: Callable[..., Any]
    unacknowledged: Callable[..., Any]
    came_in: Callable[..., Any]
    siblings: Callable[..., Any]
    plan: Callable[..., Any]


class FilesPage(Page):
    """Out, in, siblings."""

    name: ClassVar[str] = "files"
    shows: ClassVar[frozenset[str]] = frozenset({"outbox", "bundle", "household", "voucher", "card"})

    def __init__(self, around: Surroundings, calls: FilesCalls) -> None:
        self._calls = calls
        super().__init__(around)

    def title(self) -> str:
        """The page's title."""
        return self.words("Files")

    def help_text(self) -> str:
        """What F1 shows."""
        return self.words(
            "Everything new leaves this desk as one encrypted file on a stick. Choose the stick, wait until the file "
            "was read back, and remove the stick when the page says so. Files of the centre and of the other laptop "
            "come in with \u201cTake a file in\u201d. A file may be taken in twice: nothing is doubled."
        )

    def main_action(self) -> Action | None:
        """Write everything new to a stick, for those who may."""
        if not self.around.may(self._calls.plan):
            return None
        return Action(self.words("Write to a stick"), self._export, "stick")

    def build(self) -> None:
        """Three cards."""
        words = self.words
        self._waiting = label("", role="head", name="filesWaiting")
        out = Card(self.look, words("Out"), "filesOut")
        out.add(self._waiting)
        self._out = QGridLayout()
        self._prepare(self._out)
        out.inside.addLayout(self._out)
        into = Card(self.look, words("In"), "filesIn")
        take = QHBoxLayout()
        take.addWidget(button(words("Take a file in"), self.look, self._install, icon_name="receive", name="takeIn"))
        take.addStretch(1)
        into.inside.addLayout(take)
        self._in = QGridLayout()
        self._prepare(self._in)
        into.inside.addLayout(self._in)
        self._siblings_card = Card(self.look, words("Other laptops of this camp"), "filesSiblings")
        self._siblings = QGridLayout()
        self._prepare(self._siblings)
        self._siblings_card.inside.addLayout(self._siblings)
        self._siblings_card.hide()
        for card in (out, into, self._siblings_card):
            self.body.addWidget(card)
        self.body.addStretch(1)

    def _prepare(self, grid: QGridLayout) -> None:
        grid.setHorizontalSpacing(self.look.size(16))
        grid.setVerticalSpacing(self.look.size(4))

    def refresh(self) -> None:
        """Ask what is out, what waits, what came in."""
        self.read(self._calls.unacknowledged, then=self._show_waiting, newest="waiting")
        self.read(self._calls.outbox, then=self._show_out, newest="outbox")
        self.read(self._calls.came_in, then=self._show_in, newest="inbox")
        self.read(self._calls.siblings, then=self._show_siblings, newest="siblings")

    # out

    def _show_waiting(self, waiting: Any) -> None:
        words = self.words
        if not waiting.records:
            self._waiting.setText(words("The centre has everything that was written here."))
        else:
            self._waiting.setText(
                words.plural(
                    "{n} record is not acknowledged by the centre yet.",
                    "{n} records are not acknowledged by the centre yet.",
                    waiting.records,
                )
            )

    def _show_out(self, lines: Sequence[Any]) -> None:
        words = self.words
        clear(self._out)
        if not lines:
            self._out.addWidget(label(words("No file has left this desk yet."), role="quiet"), 0, 0)
        for place, line in enumerate(lines):
            tone = _TONES.get(line.state, "")
            cells: list[QWidget] = [
                label(words("File {seq}", seq=line.seq), wrap=False),
                label(self._day(line.made_at), role="quiet", wrap=False),
                label(words.plural("{n} record", "{n} records", line.records), role="quiet", wrap=False),
                label(self._short(line.identity), role="quiet", wrap=False),
                label(words.label(OUTBOX_STATE.name, line.state), tone=tone),
            ]
            if self.around.may(self._calls.plan):
                again = button(words("Copy again"), self.look, partial(self._copy_again, line.seq), kind="link",
                               name=f"copyAgain{line.seq}")  # fmt: skip
                again.setAccessibleName(words("Copy file {seq} to a stick again", seq=line.seq))
                cells.append(again)
            self._put(self._out, place, cells, stretch=4)

    def _put(self, grid: QGridLayout, place: int, cells: Sequence[QWidget], stretch: int) -> None:
        for column, cell in enumerate(cells):
            grid.addWidget(cell, place, column)
        grid.setColumnStretch(stretch, 1)

    def _short(self, identity: str) -> str:
        """The file's number as it is read out on the phone."""
        return isolate_ltr(f"{identity[:4]} {identity[4:8]}")

    def _day(self, instant: str) -> str:
        at = read_instant(instant).astimezone()
        return self.words("{day}, {time}", day=at.date(), time=isolate_ltr(self.words.digits(f"{at:%H:%M}")))

    def _stick(self) -> Path | None:
        chosen = QFileDialog.getExistingDirectory(
            self, self.words("Choose the stick"), "",
            QFileDialog.Option.DontUseNativeDialog | QFileDialog.Option.ShowDirsOnly,
        )  # fmt: skip
        return Path(chosen) if chosen else None

    def _export(self) -> None:
        stick = self._stick()
        if stick is not None:
            self.write_out(stick)

    def write_out(self, stick: Path) -> None:
        """Write everything new into a folder."""
        home, export = self.around.seat.folder, self._calls.export
        self.long(
            lambda desk, progress: export(desk, home, stick, progress), self._left, self.words("Writing the file")
        )

    def _copy_again(self, seq: int) -> None:
        stick = self._stick()
        if stick is not None:
            home, copy = self.around.seat.folder, self._calls.copy_again
            self.long(lambda desk, progress: copy(desk, home, seq, stick, progress), self._left, self.words("Copying"))

    def _left(self, exported: Any) -> None:
        self.say(
            "good",
            self.words(
                "File {seq} is on the stick and was read back. You may remove the stick. Its number for the phone: "
                "{number}",
                seq=exported.seq,
                number=self._short(exported.identity),
            ),
        )
        self.refresh()

    # in

    def _install(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.words("Choose the file on the stick"), "", "*.fvb",
            options=QFileDialog.Option.DontUseNativeDialog,
        )  # fmt: skip
        if chosen:
            self.take_in(Path(chosen))

    def take_in(self, path: Path) -> None:
        """Check a file and take it in."""
        install = self._calls.install
        self.long(lambda desk, progress: install(desk, path, progress), self._arrived, self.words("Checking the file"))

    def _arrived(self, installed: Any) -> None:
        kind = self.words.label(FILE_KIND.name, installed.kind)
        if installed.result == "known":
            self.say("info", self.words("{kind}: it was here before. Nothing has changed.", kind=kind))
        else:
            told = self.words.plural(
                "{kind}: checked and taken in, {n} record. You may remove the stick.",
                "{kind}: checked and taken in, {n} records. You may remove the stick.",
                installed.records,
                kind=kind,
            )
            self.say("good", told)
        self.refresh()

    def _show_in(self, lines: Sequence[Any]) -> None:
        words = self.words
        clear(self._in)
        if not lines:
            self._in.addWidget(label(words("Nothing has come in yet."), role="quiet"), 0, 0)
        for place, line in enumerate(lines):
            desk = isolate_ltr(words.digits(f"{line.desk:03d}"))
            sender = words("from desk {number}", number=desk) if line.desk else words("from the centre")
            cells = [
                label(words.label(FILE_KIND.name, line.kind), wrap=False),
                label(self._day(line.at), role="quiet", wrap=False),
                label(isolate(sender), role="quiet", wrap=False),
                label(words.plural("{n} record", "{n} records", line.records), role="quiet"),
            ]
            self._put(self._in, place, cells, stretch=3)

    def _show_siblings(self, lines: Sequence[Any]) -> None:
        words = self.words
        clear(self._siblings)
        self._siblings_card.setVisible(bool(lines))
        for place, line in enumerate(lines):
            if line.gaps:
                gaps = isolate_ltr(words.digits(", ".join(str(gap) for gap in line.gaps)))
                told = label(words("missing: {files}. Ask for them.", files=gaps), tone="careful")
            elif line.known_up_to:
                told = label(words("known up to file {seq}", seq=line.known_up_to), tone="good")
            else:
                told = label(words("nothing has come from it yet"), role="quiet")
            desk = words("Desk {number}", number=isolate_ltr(words.digits(f"{line.desk:03d}")))
            self._put(self._siblings, place, [label(desk, wrap=False), told], stretch=1)
