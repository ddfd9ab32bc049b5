"""Python source is ASCII: no look-alike letters, no characters that turn a line around."""

from __future__ import annotations

from tests.house.house import sources


def test_python_source_is_ascii() -> None:
    bad = [
        f"{name}:{number}"
        for name, content in sources()
        if not content.isascii()
        for number, line in enumerate(content.splitlines(), 1)
        if not line.isascii()
    ]
    assert not bad, "write other scripts as escapes, or keep them in .po, .csv and .json files:\n" + "\n".join(bad)


def test_every_module_says_what_it_holds() -> None:
    bad = [name for name, content in sources("helpdesk", "ui") if not content.lstrip().startswith(('"""', 'r"""'))]
    assert not bad, "a module opens with what it holds and what it must never do:\n" + "\n".join(bad)
