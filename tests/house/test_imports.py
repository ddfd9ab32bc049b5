"""Who may import whom: the contracts of pyproject.toml hold, and each of them notices what it forbids.

A contract that guards the wrong name passes while the thing it forbids happens. So each one is shown a violation,
planted into a copy of the house, and must break.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.house import ROOT, sources

PLANTS = {
    "rooms": ("helpdesk/core/planted.py", "import helpdesk.desk"),
    "journey": ("helpdesk/journey/areas/planted.py", "import helpdesk.journey.cases"),
    "assistance": ("helpdesk/assistance/grants/planted.py", "import helpdesk.assistance.vouchers"),
    "windowless": ("helpdesk/reports/planted.py", "from PySide6 import QtCore"),
    "no-cli-in-window": ("ui/pages/planted.py", "import helpdesk.cli.app"),
    "keys": ("helpdesk/desk/planted.py", "from cryptography.hazmat.primitives import hashes"),
    "cipher": ("helpdesk/households/planted.py", "import sqlcipher3"),
    "envelope": ("helpdesk/centre/planted.py", "import securesystemslib.dsse"),
    "window-hands": ("ui/pages/planted_query.py", "import sqlalchemy"),
    "window-rooms": ("ui/widgets/planted.py", "import ui.pages.planted"),
    "pages-apart": ("ui/pages/planted_again.py", "import ui.pages.planted"),
}
"""Contract id: where the violation is planted, and the import that the contract must refuse."""


def contracts() -> dict[str, str]:
    """Ids and names of all contracts."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    return {contract["id"]: contract["name"] for contract in declared}


def lint(folder: Path) -> tuple[int, str]:
    """Run the contracts of pyproject.toml over the house in ``folder``: exit code and output without colours."""
    outcome = subprocess.run(
        (
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-cache",
        ),
        cwd=folder,
        check=False,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "PYTHONPATH": str(folder), "NO_COLOR": "1", "COLUMNS": "200"},
    )
    return outcome.returncode, re.sub(r"\x1b\[[0-9;]*m", "", outcome.stdout)


def test_the_contracts_hold() -> None:
    code, said = lint(ROOT)
    assert code == 0, said


def test_every_contract_has_a_plant() -> None:
    assert set(PLANTS) == set(contracts())


@pytest.fixture(scope="module")
def verdict(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the contracts say about a copy of the house with every plant in it."""
    copy = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", copy)
    for name, content in sources("helpdesk", "ui"):
        target = copy / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")
    for where, line in PLANTS.values():
        (copy / where).write_text(f'"""Planted."""\n\n{line}\n', encoding="utf-8")
    code, said = lint(copy)
    assert code == 1, said
    return said


@pytest.mark.parametrize("contract", PLANTS)
def test_a_planted_violation_breaks_its_contract(contract: str, verdict: str) -> None:
    where, line = PLANTS[contract]
    name = contracts()[contract]
    assert re.search(rf"^{re.escape(name)}\s.*BROKEN", verdict, re.MULTILINE), f"{where}: {line}\n{verdict}"
    assert where.removesuffix(".py").replace("/", ".") in verdict.split("Broken contracts")[1]


def test_no_contract_ignores_an_import_but_the_one() -> None:
    """What every page is (``ui.pages.base``) stands among the pages; nothing else is let through."""
    ignored = re.findall(
        r"^ignore_imports = (.*)$", (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert ignored == ['["ui.pages.* -> ui.pages.base"]']
