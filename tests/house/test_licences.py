"""Everything that others made and that ships with the program stands beside its licence and its source."""

from __future__ import annotations

from pathlib import Path

from tests.house.house import ROOT, own_files

OWN = {"locale", "help", "styles", "schemas"}
"""Folders of resources that hold only what the project itself wrote."""

SAYS = ("LICENSE", "LICENCE", "OFL", "SOURCES", "COPYING")


def _told(folder: Path) -> bool:
    # beside the file, or in a folder above it below resources/
    while folder not in (ROOT / "resources", ROOT):
        if any(path.name.upper().startswith(SAYS) for path in folder.iterdir() if path.is_file()):
            return True
        folder = folder.parent
    return False


def test_every_foreign_folder_names_licence_and_source() -> None:
    resources = ROOT / "resources"
    folders = {
        path.parent
        for path in own_files()
        if resources in path.parents and path.relative_to(resources).parts[0] not in OWN
    }
    silent = sorted(folder.relative_to(ROOT).as_posix() for folder in folders if not _told(folder))
    assert not silent, f"a file {' or '.join(SAYS)} is missing in: {', '.join(silent)}"


def test_fonts_carry_their_licence_text() -> None:
    fonts = {path.parent for path in own_files() if path.suffix in {".ttf", ".otf", ".woff2"}}
    for folder in fonts:
        licences = [path for path in folder.iterdir() if path.name.upper().startswith(("OFL", "LICENSE", "LICENCE"))]
        assert licences, f"{folder.relative_to(ROOT)} has a font without its licence"
        assert any("SIL OPEN FONT LICENSE" in path.read_text(encoding="utf-8").upper() for path in licences)


def test_the_program_carries_its_own() -> None:
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")
