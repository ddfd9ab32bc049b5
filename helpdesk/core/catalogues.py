"""Keeping the message catalogues: extract, update, compile. Used by set-up, tests and translators only.

``python -m helpdesk.core.catalogues compile`` makes the ``.mo`` files (never committed);
``... update`` extracts every sentence of the program and merges it into the four ``.po`` files;
``... missing`` lists what is not translated yet.
Code-list entries and error codes are found by :func:`coded_messages` in the Python source itself.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from helpdesk.core.language import LANGUAGES
from helpdesk.core.resources import resource

KEYWORDS: dict[str, tuple[int, ...] | None] = {"words": None, "N_": None, "plural": (1, 2), "msgid": None}
PLURALS = {
    "en": "nplurals=2; plural=(n != 1);",
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
    "ckb": "nplurals=2; plural=(n != 1);",
    "kmr": "nplurals=2; plural=(n != 1);",
}


def po_path(language: str) -> Path:
    """Where a language's catalogue stands."""
    return resource("locale", language, "LC_MESSAGES", "helpdesk.po")


def load(language: str) -> Catalog:
    """The catalogue of a language as it stands on disk."""
    with po_path(language).open("rb") as file:
        return read_po(file, locale=None, domain="helpdesk")


def coded_messages(root: Path) -> Iterator[tuple[str, str]]:
    """(context, code) of every error code and code-list entry in the source below ``root``.

    Found: ``Refusal("code", ...)``, ``Fault("code", ...)``, ``CodeList("name", "A", "B", ...)`` and, for the audit
    page, ``@command("noun.verb", ...)`` under ``act``.
    """
    for folder in ("helpdesk", "ui"):
        for path in sorted((root / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call):
                    continue
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                texts = _texts(node.args)
                # code("x"): an error code that travels as a value
                if name in ("Refusal", "Fault", "code") and texts:
                    yield "code", texts[0]
                elif name == "command" and texts and "." in texts[0]:  # the command line has commands of its own
                    yield "act", texts[0]
                elif name == "append":  # audit.append(..., act="desk.init"): the one entry that no command leaves
                    yield from (("act", text) for text in _texts(k.value for k in node.keywords if k.arg == "act"))
                elif name == "CodeList" and len(texts) > 1:
                    for entry in texts[1:]:
                        yield texts[0], entry


def _texts(nodes: Iterable[ast.expr]) -> list[str]:
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def template(root: Path) -> Catalog:
    """Every message of the program, without translations."""
    found = Catalog(domain="helpdesk", charset="utf-8")
    for folder in ("helpdesk", "ui"):
        for path, _line, message, _comments, context in extract_from_dir(
            str(root / folder), [("**.py", "python")], keywords=KEYWORDS, strip_comment_tags=True
        ):
            found.add(message, None, [(f"{folder}/{Path(path).as_posix()}", 1)], context=context)
    for context, entry in coded_messages(root):
        found.add(entry, None, context=context)
    for month in range(1, 13):
        found.add(str(month), None, context="month")
    return found


def update(root: Path) -> None:
    """Merge the program's messages into every catalogue; nothing translated is lost, stale ones are dropped."""
    fresh = template(root)
    for language in LANGUAGES:
        catalogue = load(language) if po_path(language).exists() else Catalog(domain="helpdesk", charset="utf-8")
        catalogue.update(fresh, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        catalogue.fuzzy = False
        _write(language, catalogue)


def _write(language: str, catalogue: Catalog) -> None:
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=110, no_location=True, omit_header=True, sort_output=True)
    header = (
        f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"MIME-Version: 1.0\\n"\n'
        f'"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {PLURALS[language]}\\n"\n\n'
    )
    po_path(language).parent.mkdir(parents=True, exist_ok=True)
    po_path(language).write_bytes(header.encode() + buffer.getvalue().lstrip(b"\n"))


def missing(language: str) -> list[tuple[str | None, str]]:
    """(context, message id) of what a catalogue does not say. English says its plain sentences by their ids."""
    gaps: list[tuple[str | None, str]] = []
    for message in load(language):
        if not message.id or (language == "en" and not message.context):
            continue
        texts = message.string if isinstance(message.string, (list, tuple)) else [message.string]
        if not all(texts):
            one = message.id[0] if isinstance(message.id, (list, tuple)) else message.id
            gaps.append((message.context, str(one)))
    return gaps


def compile_all(only_stale: bool = True) -> None:
    """Write the ``.mo`` files beside the ``.po`` files."""
    for language in LANGUAGES:
        source, target = po_path(language), po_path(language).with_suffix(".mo")
        if only_stale and target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        with target.open("wb") as file:
            write_mo(file, load(language))


def main(arguments: list[str]) -> int:
    """The module's own small command line."""
    root = Path(__file__).resolve().parents[2]
    if arguments == ["update"]:
        update(root)
    elif arguments == ["compile"]:
        compile_all(only_stale=False)
    elif arguments == ["missing"]:
        for language in LANGUAGES:
            for context, msgid in missing(language):
                sys.stdout.write(f"{language}\t{context or ''}\t{msgid}\n")
    else:
        sys.stderr.write("usage: python -m helpdesk.core.catalogues update|compile|missing\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
