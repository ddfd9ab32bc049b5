"""Settings of one desk or centre: typed declarations with label and help, kept as JSON in its folder.

Nothing personal and nothing secret is ever a setting: the file is plain. Whoever edits it by hand gains nothing,
because every value is checked against its declaration on reading and falls back to the declared default.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from helpdesk.core.codes import CodeList
from helpdesk.core.errors import Fault
from helpdesk.core.files import replace_file
from helpdesk.core.language import LANGUAGES, N_

FILE_NAME: Final = "settings.json"
LARGEST_FILE: Final = 1 << 20

T = TypeVar("T", str, int, bool)

THEMES: Final = CodeList("theme", "light", "dark", "contrast")


@dataclass(frozen=True)
class Setting(Generic[T]):
    """One setting: the page of settings and the guide are made from it.

    ``label`` and ``help`` are English message ids. ``choices`` is a closed list, ``lowest`` and ``highest``
    bound a number (both inclusive), ``longest`` bounds a text.
    """

    name: str
    default: T
    label: str
    help: str
    choices: tuple[T, ...] = ()
    lowest: int | None = None
    highest: int | None = None
    longest: int = 200

    def allows(self, value: object) -> bool:
        """Is ``value`` of the declared type and within the declared bounds?"""
        if type(value) is not type(self.default):  # True is no number here
            return False
        if self.choices:
            return value in self.choices
        if isinstance(value, str):
            return len(value) <= self.longest
        if isinstance(value, bool) or not isinstance(value, int):
            return True
        return (self.lowest is None or value >= self.lowest) and (self.highest is None or value <= self.highest)


LANGUAGE: Final = Setting(
    "language",
    "en",
    N_("Language"),
    N_("The language of the window. Each person's papers and consent text have a language of their own."),
    choices=LANGUAGES,
)
TEXT_SCALE: Final = Setting(
    "text_scale",
    100,
    N_("Text size"),
    N_("In percent of the usual size."),
    lowest=90,
    highest=150,
)
THEME: Final = Setting(
    "theme",
    "light",
    N_("Colours"),
    N_("Light for the day, dark for evenings, high contrast for tired eyes and poor screens."),
    choices=THEMES.entries,
)
BLANK_SECONDS: Final = Setting(
    "blank_seconds",
    180,
    N_("Blank the screen after"),
    N_("Seconds without a key or the mouse until the screen blanks; the short PIN brings the page back."),
    lowest=30,
    highest=600,
)
LOCK_SECONDS: Final = Setting(
    "lock_seconds",
    900,
    N_("Lock after"),
    N_("Seconds without a key or the mouse until the desk locks; then the passphrase is needed again."),
    lowest=60,
    highest=1800,
)
PRINTER: Final = Setting(
    "printer",
    "",
    N_("Printer for cards"),
    N_("The name the system gives to the printer; empty for the usual one."),
)
PRINTER_RIGHT: Final = Setting(
    "printer_right",
    0,
    N_("Move the print to the right"),
    N_("In tenths of a millimetre, read from the test page; negative moves to the left."),
    lowest=-200,
    highest=200,
)
PRINTER_DOWN: Final = Setting(
    "printer_down",
    0,
    N_("Move the print down"),
    N_("In tenths of a millimetre, read from the test page; negative moves up."),
    lowest=-200,
    highest=200,
)

SETTINGS: Final[tuple[Setting[Any], ...]] = (
    LANGUAGE,
    TEXT_SCALE,
    THEME,
    BLANK_SECONDS,
    LOCK_SECONDS,
    PRINTER,
    PRINTER_RIGHT,
    PRINTER_DOWN,
)
"""All of them, in the order of the page."""


class Settings:
    """The settings that stand in one folder. ``settings[LANGUAGE]`` reads, ``settings.change(LANGUAGE, "ar")`` writes.

    ``damaged`` is true when the file could not be read and defaults stand in; the next change writes a good one.
    Names that this version does not know are kept as they are: a newer version may have written them.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._values: dict[str, object] = {}
        self.damaged = False
        self._read()

    def __getitem__(self, setting: Setting[T]) -> T:
        value = self._values.get(setting.name, setting.default)
        return value if setting.allows(value) else setting.default  # type: ignore[return-value]  # allows() is the check

    def change(self, setting: Setting[T], value: T) -> None:
        """Set and keep one value.

        Raises ValueError for a value the declaration does not allow (our own bug: the page offers no other), and
        ``Fault("settings.not_written")`` when the disk refuses; then nothing has changed.
        """
        if not setting.allows(value):
            raise ValueError(f"{setting.name} does not allow this value")
        values = {**self._values, setting.name: value}
        text = json.dumps(values, ensure_ascii=False, indent=1, sort_keys=True)
        try:
            replace_file(self._path, text.encode("utf-8"))
        except OSError:
            raise Fault("settings.not_written", file=self._path.name) from None
        self._values = values
        self.damaged = False

    def _read(self) -> None:
        try:
            with self._path.open("rb") as file:
                found = json.loads(file.read(LARGEST_FILE))
        except FileNotFoundError:
            return
        except (OSError, ValueError, RecursionError):
            self.damaged = True
            return
        if isinstance(found, dict):
            self._values = found
        else:
            self.damaged = True


def folder_settings(folder: Path) -> Settings:
    """The settings of the desk or centre in ``folder``; defaults where there is no file yet."""
    return Settings(folder / FILE_NAME)
