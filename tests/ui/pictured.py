"""A page as somebody sees it, for whoever wants to look: written only where ``HELPDESK_SHOTS`` names a folder."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

SHOTS = os.environ.get("HELPDESK_SHOTS")


def picture(widget: QWidget, name: str) -> None:
    """Write the widget to ``<folder>/<name>.png``."""
    if SHOTS:
        for _ in range(5):  # what was just put in has its place only after some rounds
            QApplication.processEvents()
        widget.grab().save(str(Path(SHOTS) / f"{name}.png"))
