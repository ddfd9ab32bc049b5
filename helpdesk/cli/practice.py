"""``practice``: a ready practice programme with fictional families, and the window on it or the chain printed."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated, Final

import typer

from helpdesk.cli.door import Door, door_of
from helpdesk.core.errors import Refusal
from helpdesk.core.folders import default_folder
from helpdesk.practice.building import Step
from helpdesk.practice.programme import build, is_ready

app: Final = typer.Typer()
HOUSEHOLDS: Final = 500
SEED: Final = 1


@app.command("practice", help="A practice programme with fictional families: the window, or with --headless the chain.")
def practice(
    context: typer.Context,
    folder: Annotated[Path | None, typer.Option(help="Where the practice programme stands.")] = None,
    households: Annotated[int, typer.Option(min=2, max=100_000, help="How many families.")] = HOUSEHOLDS,
    seed: Annotated[int, typer.Option(help="The same seed gives the same families.")] = SEED,
    headless: Annotated[bool, typer.Option("--headless", help="Run the whole chain and print each step.")] = False,
) -> None:
    """Build the programme if it is not there, then open the window on its first desk."""
    door = door_of(context)
    home = folder or default_folder().with_name("helpdesk-practice")
    if headless or not is_ready(home):
        _build(door, home.resolve(), households, seed, headless=headless)
    if not headless:
        if door.open_window is None:
            raise Refusal("cli.no_window")
        raise typer.Exit(door.open_window(home / "desk-one"))


def _build(door: Door, home: Path, households: int, seed: int, *, headless: bool) -> None:
    words = door.words
    began = time.monotonic()

    def say(step: Step) -> None:
        if not door.as_json:
            counts = "  ".join(f"{words.label('practice', name)}: {count}" for name, count in step.counts.items())
            door.answer(step, f"{words(step.title)}  {counts}".rstrip(), *(f"    {file}" for file in step.files))

    with door.progress() as progress:
        facts = build(home, households, seed, say=say, progress=progress)
    done = words(
        "Done in {seconds} seconds. Everything made is listed in {file}.",
        seconds=round(time.monotonic() - began),
        file=str(home / "practice.json"),
    )
    door.answer(facts, done)
    if headless and not door.as_json:
        for desk in facts.desks:
            for user in desk.users:
                door.answer(user, f"{desk.folder}  {user.name}  {user.role}  {user.passphrase}")
