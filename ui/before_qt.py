"""Brings what the first page needs of the rooms below, before Qt is brought: import it first, and no Qt here.

Qt's binding opens the source of every module that is imported after it and looks whether it speaks of Qt; that is a
twentieth of the way to the first paint. Who is here already is spared it. What stands on that way has few data classes
either: a named tuple is made in a quarter of their time.
"""

from __future__ import annotations

import queue  # noqa: F401 - ui.work's

import helpdesk.core.clock
import helpdesk.core.folders
import helpdesk.core.language
import helpdesk.core.logs
import helpdesk.core.plain_text
import helpdesk.core.progress
import helpdesk.core.settings
import helpdesk.desk.folder
import helpdesk.desk.pins  # noqa: F401 - all of these are for those who come after
