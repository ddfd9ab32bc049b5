"""``voucher print-list``: the vouchers of one state, or all, as a list on A4; it holds numbers and no name."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from helpdesk.assistance.vouchers.codes import STATE
from helpdesk.assistance.vouchers.lines import voucher_ids, voucher_lines
from helpdesk.cli.household import paper_words
from helpdesk.cli.session import desk_of, writable
from helpdesk.core.files import replace_file
from helpdesk.desk.commands import View
from helpdesk.printing.voucher_lists import voucher_list_pdf


def print_list(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help="The PDF to write.")],
    state: Annotated[str | None, typer.Option(help="PLANNED, SUSPENDED, PAID and so on; else all.")] = None,
    language: Annotated[str | None, typer.Option(help="Language of the list, else that of the answers.")] = None,
) -> None:
    """Print a list of vouchers, the newest first; a suspended one stands there with its last day."""
    if state is not None and state not in STATE:
        raise typer.BadParameter(f"one of {', '.join(STATE)}", param_hint="--state")
    writable(out)
    with desk_of(context) as (door, desk):
        words = paper_words(door, language)
        lines = tuple(desk.ask(voucher_lines, desk.ask(voucher_ids, state)).values())
        day = desk.ask(_today)
        with door.progress() as progress:
            pdf = voucher_list_pdf(lines, words, day, practice=desk.practice, progress=progress)
        replace_file(out, pdf)
        listed = door.words.plural("{n} voucher is listed.", "{n} vouchers are listed.", len(lines))
        door.answer({"file": str(out), "vouchers": len(lines)}, listed, str(out))


def _today(view: View) -> date:
    return view.day
