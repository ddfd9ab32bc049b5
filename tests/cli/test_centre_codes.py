"""``centre codes`` through the command line: shown, added, named, retired, offered again, and what is refused."""

from __future__ import annotations

from helpdesk.households.codes import REASON
from tests.cli.conftest import Programme


def test_a_list_grows_and_is_told(programme: Programme) -> None:
    centre = "centre"
    added = programme(centre, "centre", "codes", "add", "reason", "BEES", "--en", "Bees to look after")
    assert added.code == 0, added.err
    assert added.document == {
        "list": "reason", "code": "BEES", "labels": {"en": "Bees to look after"}, "retired": False,
    }  # fmt: skip
    assert programme(centre, "centre", "codes", "retire", "reason", "NOAID").code == 0
    named = programme(centre, "centre", "codes", "label", "reason", "BEES", "--ckb", "Hang")
    assert named.document["labels"] == {"en": "Bees to look after", "ckb": "Hang"}
    (shown,) = programme(centre, "centre", "codes", "show", "reason").document
    assert shown["retired"] == ["NOAID"]
    assert shown["offered"] == [code for code in REASON if code != "NOAID"] + ["BEES"]
    said = programme(centre, "centre", "codes", "show", "reason", document=False).out
    assert "BEES  Bees to look after" in said
    assert "offered no more" in said
    assert programme(centre, "centre", "codes", "offer", "reason", "NOAID").document["retired"] is False
    told = programme(centre, "centre", "codes", "history", "reason").document
    assert [(change["entry"]["code"], change["entry"]["retired"]) for change in told] == [
        ("BEES", False), ("NOAID", True), ("BEES", False), ("NOAID", False),
    ]  # fmt: skip
    assert "Hang" in programme(centre, "centre", "codes", "history", "reason", document=False).out
    everything = programme(centre, "centre", "codes", "show").document
    assert len(everything) > 10


def test_what_is_refused(programme: Programme) -> None:
    for arguments, code in (
        (("add", "case_state", "LOST", "--en", "Lost"), "codes.closed"),
        (("show", "sex"), "codes.closed"),
        (("history", "sex"), "codes.closed"),
        (("add", "reason", "A B", "--en", "A"), "codes.form"),
        (("add", "reason", "BEES"), "codes.unnamed"),
        (("label", "reason", "FORCED", "--en", "Free"), "codes.kept"),
        (("retire", "reason", "BEES"), "codes.unknown"),
    ):
        said = programme("centre", "centre", "codes", *arguments)
        assert (said.code, said.refused) == (1, code)
    assert programme("centre", "centre", "codes", "label", "reason", "HOME").code == 2
    assert programme("desk-one:clerk", "centre", "codes", "show").refused == "folder.not_centre"
