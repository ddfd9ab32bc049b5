"""``centre revoke`` and ``centre believe``: a desk is lost after it handed a family over, and the family is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Programme
from tests.cli.test_arrival import SUPERVISOR, numbers_of

OTHER = "desk-two:supervisor"
REASON = "It was written before the theft"


def test_a_family_of_a_lost_desk_arrives(
    programme: Programme, tmp_path: Path, expected_log: Callable[[str], None]
) -> None:
    expected_log("fvb.revoked")
    first, *_ = numbers_of(programme)
    (target,) = (one["number"] for one in programme(SUPERVISOR, "batch", "transfer", "--to", tmp_path).document)
    path = programme(SUPERVISOR, "batch", "transfer", first, "--desk", target, "--to", tmp_path).document["path"]
    (lost,) = {one["desk"] for one in programme("centre", "centre", "report").document["desks"]} - {target}
    assert programme("centre", "centre", "believe", path, "--reason", REASON).refused == "transfer.not_lost"
    assert programme("centre", "centre", "revoke", "--desk", lost, "--after-seq", 0).code == 0

    def renew() -> None:
        bundle = programme("centre", "centre", "bundle", "--desk", target, "--out", tmp_path).document["file"]
        assert programme(OTHER, "batch", "install", bundle).code == 0

    renew()
    assert programme(OTHER, "batch", "install", path).refused == "fvb.revoked"
    assert programme("centre", "centre", "believe", path, "--reason", " ").refused == "transfer.reason"
    taken = programme("centre", "centre", "believe", path, "--reason", REASON).document
    assert (taken["desk"], taken["families"], taken["known"]) == (lost, 1, False)
    again = programme("centre", "centre", "believe", path, "--reason", REASON, document=False)
    assert "believed before" in again.out
    renew()
    assert programme(OTHER, "batch", "install", path).document["result"] in ("installed", "known")
    assert programme(OTHER, "arrival", "show", first).document["handover"]["desk"] == target
