"""The root of the command line: global options, the list of nouns, and the edge where every failure ends.

A noun's module holds its subcommands as ``app``; nothing here knows what they do. Exit codes: 0 done, 1 a rule
refused, 2 usage, 3 fault, 130 stopped. A failure is one line on stderr, ``code: sentence``; a bug's line carries
a reference that also stands in the log, and never what was being worked on.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Annotated, Final

import typer
from typer.exceptions import TyperException

from helpdesk.cli import (
    area,
    arrival,
    attendance,
    batch,
    call,
    card,
    case,
    casework,
    cash,
    centre,
    centre_codes,
    centre_money,
    clearance,
    desk,
    doctor,
    event,
    feedback,
    grant,
    household,
    kit,
    lesson,
    movement,
    paid_twice,
    payday,
    practice,
    prepare,
    referral,
    report,
    sealed_feedback,
    service,
    visit,
    voucher,
)
from helpdesk.cli.door import Door, OpenWindow, door_of
from helpdesk.core.errors import Fault, HelpDeskError, Refusal, Stopped
from helpdesk.core.folders import default_folder
from helpdesk.core.language import LANGUAGES, Words
from helpdesk.core.log_file import close_log, open_log
from helpdesk.core.logs import fingerprint, log_failure
from helpdesk.core.settings import LANGUAGE, folder_settings

DONE: Final = 0
REFUSED: Final = 1
USAGE: Final = 2
FAULT: Final = 3
STOPPED: Final = 130

SHOW_TRACE: Final = "HELPDESK_TRACE"
"""Environment variable for whoever mends the program: a bug is raised as it is, not answered."""

root: Final = typer.Typer(
    name="run.py",
    help="Help Desk: registers displaced families, carries the register to the centre. Without a command: the window.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

_NOUNS: Final = (
    practice,
    household,
    card,
    event,
    visit,
    lesson,
    grant,
    voucher,
    payday,
    cash,
    attendance,
    kit,
    case,
    prepare,
    clearance,
    movement,
    arrival,
    call,
    service,
    referral,
    feedback,
    area,
    desk,
    batch,
    centre,
    report,
    doctor,
)
"""In the order of --help; each module's ``app`` carries its own name and help."""

casework.mount(case.app, household.app)
for _noun in _NOUNS:
    root.add_typer(_noun.app)
paid_twice.mount(voucher.app)
centre_money.mount(centre.app)
centre.app.add_typer(sealed_feedback.app)
centre.app.add_typer(centre_codes.app)
centre.app.add_typer(area.app)  # the same commands on the whole programme's register
# without a table's name it answers as it always did
centre.app.add_typer(report.app, callback=centre.report, invoke_without_command=True)


@root.callback(invoke_without_command=True)
def _global_options(
    context: typer.Context,
    folder: Annotated[Path | None, typer.Option(help="The desk's or centre's folder.")] = None,
    user: Annotated[str | None, typer.Option(help="Who acts.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
    passphrase_file: Annotated[Path | None, typer.Option(help="First line: the passphrase. Else a prompt.")] = None,
    language: Annotated[str | None, typer.Option(help=f"Language of the answers: {', '.join(LANGUAGES)}.")] = None,
) -> None:
    if language is not None and language not in LANGUAGES:
        raise typer.BadParameter(f"one of {', '.join(LANGUAGES)}", param_hint="--language")
    door = door_of(context)
    door.folder = folder or default_folder()
    door.user_name = user
    door.as_json = json
    door.passphrase_file = passphrase_file
    door.words = Words(language or folder_settings(door.folder)[LANGUAGE])
    door.log = _log_of(door.folder)
    if context.invoked_subcommand is None:
        if door.open_window is None:
            raise typer.BadParameter("a command is needed here", param_hint="COMMAND")
        raise typer.Exit(door.open_window(door.folder))


def _log_of(folder: Path) -> RotatingFileHandler | None:
    # a folder that is not there yet is made by the command, or by nobody
    if not folder.is_dir():
        return None
    try:
        return open_log(folder)
    except OSError:  # a stick or folder that can only be read is no reason to refuse reading it
        return None


def main(arguments: Sequence[str], open_window: OpenWindow | None = None) -> int:
    """Run one command line and return its exit code; ``open_window`` serves a call without a command."""
    door = Door(open_window=open_window)
    command = typer.main.get_command(root)
    try:
        outcome = command.main(args=list(arguments), prog_name="run.py", standalone_mode=False, obj=door)
    except TyperException as error:
        sys.stderr.write(f"usage: {error.format_message()}\n")
        return USAGE
    except (Stopped, typer.Abort):
        return STOPPED
    except Refusal as refusal:
        door.complain(refusal)
        return REFUSED
    except Exception as error:  # noqa: BLE001 - the outermost edge: nothing passes it but an exit code
        door.complain(_answered(error))
        return FAULT
    finally:
        if door.log is not None:
            close_log(door.log)
    return outcome if isinstance(outcome, int) else DONE


def _answered(error: Exception) -> HelpDeskError:
    """The failure as it is told: a fault as it is, a disk's refusal as one, anything else as our bug."""
    if isinstance(error, HelpDeskError):
        fault = error
    elif isinstance(error, OSError):
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        fault = Fault("disk.full") if full else Fault("disk.failed", reason=errno.errorcode.get(error.errno or 0, "?"))
    elif os.environ.get(SHOW_TRACE):
        raise error
    else:
        fault = Fault("bug", reference=fingerprint(error))
    log_failure(fault.code, error)
    return fault
