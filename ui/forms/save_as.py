"""Where a table shall be saved as a file: a dialog that keeps no list of recent files, and the writing of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from helpdesk.core.files import replace_file
from helpdesk.reports.exporting import FORMS


def ask_where(over: QWidget, title: str, name: str) -> Path | None:
    """The file that was chosen, with an ending of :data:`FORMS` where none was typed; None where nothing was."""
    endings = ";;".join(f"{form.upper()} (*.{form})" for form in FORMS)
    path, chosen = QFileDialog.getSaveFileName(
        over, title, f"{name}.xlsx", endings,
        options=QFileDialog.Option.DontUseNativeDialog,  # native ones keep lists of recent files
    )  # fmt: skip
    if not path:
        return None
    wanted = Path(path)
    return wanted if wanted.suffix else wanted.with_suffix(f".{chosen.split(' ')[0].lower()}")


def put(path: Path, data: bytes) -> Path:
    """Write a file in one piece; returns its path. Raises Fault("file.*")."""
    replace_file(path, data)
    return path
