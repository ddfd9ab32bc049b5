"""Rooms stay small enough to read at a sitting: past these sizes, a second noun wants its own module.

Migrations are one flat list each and are never changed again; they are not measured.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.house.house import sources

MODULE = 400
FUNCTION = 60


def measured() -> Iterator[tuple[str, str]]:
    for name, content in sources("helpdesk", "ui", "main.py", "run.py"):
        if "/versions/" not in name:
            yield name, content


def test_modules_stay_small() -> None:
    sizes = {name: content.count("\n") for name, content in measured()}
    large = [f"{name}: {size} lines" for name, size in sizes.items() if size > MODULE]
    assert not large, f"modules of more than {MODULE} lines:\n" + "\n".join(large)


def test_functions_stay_small() -> None:
    large = []
    for name, content in measured():
        for node in ast.walk(ast.parse(content)):
            if isinstance(node, ast.FunctionDef):
                size = (node.end_lineno or node.lineno) - node.lineno + 1
                if size > FUNCTION:
                    large.append(f"{name}:{node.lineno} {node.name}: {size} lines")
    assert not large, f"functions of more than {FUNCTION} lines:\n" + "\n".join(large)
