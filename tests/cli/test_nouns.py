"""The nouns of the command line on real stores: what they do, what they refuse, and what they never say."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
import pytest

from helpdesk.cli.app import DONE, FAULT, REFUSED, USAGE
from helpdesk.core.clock import SystemClock
from helpdesk.practice.filled import registration
from helpdesk.practice.people import families
from helpdesk.vault.keys import FLOOR
from helpdesk.vault.officers import write_officer_key
from tests.cli.conftest import Capture, Programme, Said, run

CLERK, SUPERVISOR, ADMIN = "desk-one:clerk", "desk-one:supervisor", "desk-one:admin"


def form(path: Path, **changes: object) -> Path:
    """A registration without an id, as another program would write it."""
    family = next(iter(families(1, 11, SystemClock().now().date())))
    document = msgspec.to_builtins(registration(family, "x")) | changes
    del document["household_id"]
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.fixture
def registered(programme: Programme, tmp_path: Path) -> str:
    """The number of a family registered through the command line, with a sealed barrier."""
    sealed = {"barriers": ["C2TEN"], "persons": [], "note": ""}
    said = programme(CLERK, "household", "register", "--file", form(tmp_path / "f.json", sealed=sealed))
    assert said.code == DONE, said.err
    number: str = said.document["number"]
    return number


def test_a_family_is_registered_found_and_shown_without_what_is_sealed(programme: Programme, registered: str) -> None:
    assert [line["number"] for line in programme(CLERK, "household", "search", registered).document] == [registered]
    shown = programme(CLERK, "household", "show", registered)
    assert shown.document["file"]["household"]["number"] == registered
    assert "DIFFICULTIES" in shown.document["not_asked"]
    spoken = programme(CLERK, "household", "show", registered, document=False)
    for said in (shown, spoken):
        assert "sealed" not in said.out
        assert "C2TEN" not in said.out
    assert "not asked yet" in spoken.out


def test_the_same_document_with_an_id_registers_once(programme: Programme, tmp_path: Path) -> None:
    path = form(tmp_path / "f.json")
    document = json.loads(path.read_text(encoding="utf-8")) | {"household_id": "01900000-0000-7000-8000-000000000001"}
    path.write_text(json.dumps(document), encoding="utf-8")
    first = programme(CLERK, "household", "register", "--file", path)
    assert programme(CLERK, "household", "register", "--file", path).out == first.out


@pytest.mark.parametrize(
    ("content", "code", "refused"),
    [
        (b"{", FAULT, "cli.json"),
        (b'{"secret name": 1}', REFUSED, "cli.document"),
        (b"[1]", REFUSED, "cli.document"),
        (b'{"consents": 1.5}', FAULT, "cli.json"),
    ],
)
def test_a_document_that_cannot_be_read_is_not_quoted(
    content: bytes,
    code: int,
    refused: str,
    programme: Programme,
    tmp_path: Path,
    expected_log: Callable[[str], None],
) -> None:
    expected_log("cli.json")
    (tmp_path / "f.json").write_bytes(content)
    said = programme(CLERK, "household", "register", "--file", tmp_path / "f.json")
    assert (said.code, said.refused) == (code, refused)
    assert "secret name" not in said.err


def test_rules_refuse_with_their_code(programme: Programme, tmp_path: Path) -> None:
    said = programme(CLERK, "household", "register", "--file", form(tmp_path / "f.json", consents=[]))
    assert (said.code, said.refused) == (REFUSED, "consent.data")
    said = programme(ADMIN, "household", "register", "--file", form(tmp_path / "f.json"))
    assert (said.code, said.refused) == (REFUSED, "role.not_allowed")
    assert programme(CLERK, "household", "show", "1234567890").refused == "number.check"


def test_a_list_is_loaded_and_its_problems_are_told_row_by_row(programme: Programme, tmp_path: Path) -> None:
    camp = tmp_path / "camp.csv"
    camp.write_text(
        "household,relation,given_name,father_name,sex,age\n1,head,Nour,Kareem,F,40\n1,son,Ali,Kareem,M,900\n",
        encoding="utf-8",
    )
    said = programme(CLERK, "household", "expect", camp, "--report", tmp_path / "out.csv").document
    assert (said["new"], said["known"], said["registered"]) == (1, 0, 0)
    assert programme(CLERK, "household", "expect", camp).document["known"] == 1
    for sought in ("Nour", "Ali"):
        found = programme(CLERK, "household", "search", sought, document=False)
        assert found.code == DONE
        assert "expected, not registered" in found.out
    listed = [line for line in programme(CLERK, "household", "search", "Nour").document if "reference" in line]
    assert [(line["reference"], line["persons"]) for line in listed] == [("1", 2)]
    data = (tmp_path / "out.csv").read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(data.decode("utf-8").splitlines()))
    assert [(row["row"], row["column"], row["code"]) for row in rows] == [("3", "age", "list.age")]
    assert rows[0]["reason"].startswith("This is no possible age")


def test_forms_are_printed(programme: Programme, tmp_path: Path) -> None:
    said = programme(CLERK, "household", "forms", "--count", 3, "--out", tmp_path / "f.pdf", "--language", "ar")
    assert len(set(said.document["forms"])) == 3
    assert (tmp_path / "f.pdf").read_bytes().startswith(b"%PDF")
    missing = programme(CLERK, "household", "forms", "--count", 1, "--out", tmp_path / "no" / "f.pdf")
    assert (missing.code, missing.refused) == (REFUSED, "cli.out_folder")


def test_a_card_is_issued_printed_again_and_replaced(programme: Programme, registered: str, tmp_path: Path) -> None:
    def printed(*more: str) -> dict[str, object]:
        said = programme(CLERK, "card", "print", registered, "--out", tmp_path / "c.pdf", *more)
        assert said.code == DONE, said.err
        (card,) = said.document["cards"]
        return dict(card)

    first, again = printed(), printed("--layout", "cr80", "--language", "ckb")
    assert (first["new"], again["new"]) == (True, False)
    assert first["digits"] == again["digits"]
    assert programme(CLERK, "card", "check", first["digits"]).code == DONE
    renewed = printed("--new", "--reason", "LOST")
    old = programme(CLERK, "card", "check", first["digits"], document=False)
    assert old.code == REFUSED
    assert "a newer one was issued" in old.out
    assert programme(CLERK, "card", "check", renewed["digits"]).code == DONE
    typed = programme(CLERK, "card", "check", registered)
    assert (typed.code, typed.document["code"]) == (REFUSED, "TYPED")
    assert programme(CLERK, "card", "check", "99" * 30).document["code"] == "NOT_GENUINE"
    usage = programme(CLERK, "card", "print", registered, "--out", tmp_path / "c.pdf", "--new")
    assert usage.code == USAGE


def planned_cash(programme: Programme, number: str, point: int) -> Said:
    """Other cash, planned by a clerk for a supervisor's reason: it needs no journey."""
    reason = ("grant", "reason", number, "--text", "Their tent burned down")
    assert programme(CLERK, *reason).refused == "role.not_allowed"
    assert programme(SUPERVISOR, *reason).code == DONE
    return programme(CLERK, "voucher", "plan", number, "--grant", "CASH", "--pay-point", point)


def test_a_voucher_from_the_plan_to_the_payment(programme: Programme, registered: str, tmp_path: Path) -> None:
    point = programme.facts.desks[0].number
    plan = planned_cash(programme, registered, point)
    voucher = plan.document["voucher"]
    assert programme(CLERK, "voucher", "approve", voucher).refused == "role.not_allowed"
    assert programme(SUPERVISOR, "voucher", "approve", voucher).code == DONE
    paper = programme(CLERK, "voucher", "print", voucher, "--out", tmp_path / "v.pdf", "--layout", "a6")
    (face,) = paper.document["vouchers"]
    assert programme(CLERK, "voucher", "check", face["digits"]).code == DONE
    assert programme(CLERK, "voucher", "check", face["number"]).code == REFUSED
    pay = ("voucher", "pay", face["number"], "--witness", "A witness", "--identity", "SEEN")
    assert programme(CLERK, *pay).refused == "voucher.second_account"
    assert programme(SUPERVISOR, "voucher", "witness", face["number"]).code == DONE
    assert programme(CLERK, *pay).document["amount"] == face["amount"]
    assert programme(CLERK, *pay).refused == "voucher.paid_by"
    assert programme(CLERK, "voucher", "check", face["digits"]).document["code"] == "PAID"
    assert programme(SUPERVISOR, "voucher", "void", voucher, "--reason", "x").refused == "voucher.paid_void"
    paid = programme(CLERK, "voucher", "list", "--state", "PAID").document
    assert voucher in {line["voucher"]["id"] for line in paid}
    assert programme(CLERK, "voucher", "list", "--state", "LATER").code == USAGE


def test_a_planned_voucher_is_voided_by_a_supervisor(programme: Programme, registered: str) -> None:
    point = programme.facts.desks[0].number
    plan = planned_cash(programme, registered, point)
    void = ("voucher", "void", plan.document["voucher"], "--reason", "Planned twice")
    assert programme(CLERK, *void).refused == "role.not_allowed"
    assert programme(SUPERVISOR, *void).code == DONE


def test_a_batch_goes_to_the_centre_and_its_answer_comes_back(
    programme: Programme, registered: str, tmp_path: Path, expected_log: Callable[[str], None]
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    assert programme(CLERK, "batch", "export", "--to", stick).refused == "role.not_allowed"
    exported = programme(SUPERVISOR, "batch", "export", "--to", stick).document
    seen = programme(SUPERVISOR, "batch", "verify", exported["path"]).document
    assert seen["seq"] == exported["seq"]
    assert {signer["role"] for signer in seen["signers"]} == {"device", "supervisor"}
    assert programme(SUPERVISOR, "desk", "status").document["unacknowledged"]["batches"] == 1
    received = programme("centre", "centre", "receive", exported["path"])
    assert [receipt["state"] for receipt in received.document] == ["accepted"]
    (answer,) = programme("centre", "centre", "acknowledge", "--out", stick).document
    assert programme(CLERK, "batch", "install", answer["path"]).document["kind"] == "ack"
    assert programme(CLERK, "desk", "status").document["unacknowledged"]["batches"] == 0
    sent = programme(CLERK, "batch", "list").document["sent"]
    assert (sent[0]["seq"], sent[0]["state"], sent[0]["answer"]) == (exported["seq"], "ACCEPTED", "accepted")
    Path(exported["path"]).unlink()
    assert programme(SUPERVISOR, "batch", "copy", exported["seq"], "--to", stick).document["path"] == exported["path"]
    assert programme(SUPERVISOR, "batch", "copy", 99, "--to", stick).refused == "batch.unknown"
    report = programme("centre", "centre", "report").document
    assert sum(desk["accepted"] for desk in report["desks"]) == 3
    kinds = {kind["kind"]: kind["records"] for kind in report["register"]["kinds"]}
    assert kinds["household"] == 9
    assert programme("centre", "centre", "conflicts").document == []
    check_unsealing(programme, registered, tmp_path, expected_log)


def check_unsealing(programme: Programme, number: str, tmp_path: Path, expected_log: Callable[[str], None]) -> None:
    expected_log("officer.wrong")
    seed = bytes.fromhex(programme.facts.protection_seed)
    for name, purpose, secret in (
        ("good", "protection", seed),
        ("other", "protection", bytes(32)),
        ("r", "root", seed),
    ):
        write_officer_key(tmp_path / name, purpose, secret, "officer", FLOOR)
    (tmp_path / "pass").write_text("officer\n", encoding="utf-8")
    (tmp_path / "not").write_text("another\n", encoding="utf-8")

    def unseal(file: str, passphrase: str = "pass", who: str = "centre"):
        options = ("--officer", tmp_path / file, "--officer-passphrase-file", tmp_path / passphrase)
        return programme(who, "centre", "unseal", number, *options)

    (opened,) = unseal("good").document
    assert opened["answers"]["barriers"] == ["C2TEN"]
    assert unseal("other").refused == "officer.other_programme"
    assert unseal("r").refused == "officer.purpose"
    assert (unseal("good", "not").code, unseal("good", "not").refused) == (FAULT, "officer.wrong")
    assert unseal("good", who=CLERK).refused == "folder.not_centre"


def test_a_damaged_batch_is_put_aside_and_told(
    programme: Programme, tmp_path: Path, expected_log: Callable[[str], None]
) -> None:
    expected_log("fvb.size")
    (tmp_path / "bad.fvb").write_bytes(b"x" * 600)
    said = programme("centre", "centre", "receive", tmp_path / "bad.fvb")
    assert said.code == FAULT
    assert said.document[0]["state"] == "quarantined"
    assert said.refused == said.document[0]["code"]


def test_days_are_tallied_at_desk_and_centre(programme: Programme, registered: str, tmp_path: Path) -> None:
    said = programme(CLERK, "report", "tally", "--out", tmp_path / "t.csv").document
    today = said["days"][-1]
    assert (today["families"], today["visits"]["REFUSED"]) == (9, [2, 5])
    rows = list(csv.reader((tmp_path / "t.csv").read_text(encoding="utf-8").splitlines()))
    assert rows[0] == ["day", "count_of", "code", "number"]
    assert [today["day"], "families", "", "9"] in rows
    assert programme("centre", "report", "tally").document["days"][-1]["families"] == 8
    assert programme(CLERK, "report", "tally", "--until", "2020-01-01").document["days"] == []


def test_users_are_added_with_a_passphrase_shown_once_and_removed(programme: Programme, capsys: Capture) -> None:
    made = programme(ADMIN, "desk", "users", "add", "Rana", "clerk").document
    folder = programme.home / "desk-one"
    assert run(capsys, folder, "Rana", made["passphrases"]["Rana"], "desk", "status").code == DONE
    assert programme(CLERK, "desk", "users", "add", "Noor", "clerk").refused == "role.not_allowed"
    assert programme(ADMIN, "desk", "users", "remove", "Rana").code == DONE
    assert programme(ADMIN, "desk", "users", "remove", "Nobody").refused == "users.unknown"
    listed = {user["name"]: user["live"] for user in programme(ADMIN, "desk", "users", "list").document}
    assert listed["Rana"] is False


def test_a_programme_is_founded_and_its_first_desk_made(
    tmp_path: Path, capsys: Capture, expected_log: Callable[[str], None]
) -> None:
    expected_log("slot.wrong")
    centre, desk, stick = tmp_path / "centre", tmp_path / "desk", tmp_path / "stick"
    stick.mkdir()
    programme, officers = stick / "programme.json", tmp_path / "officers"
    found = ("centre", "init", "--name", "Try", "--out", programme, "--officers", officers, "--practice")
    founded = run(capsys, centre, "lead", "passphrase lead", *found)
    assert founded.code == DONE, founded.err
    assert len(founded.document["officers"]) == 5
    assert run(capsys, centre, "lead", "passphrase lead", *found).refused == "folder.taken"
    (tmp_path / "users.json").write_text(
        '[{"name": "Nour", "role": "clerk", "passphrase": "passphrase Nour"}]', encoding="utf-8"
    )
    init = ("desk", "init", "--programme", programme, "--out", stick / "enrol.fvb", "--name", "Desk one", "--side",
            "DIS", "--users-file", tmp_path / "users.json", "--with-user", "Sara:supervisor")  # fmt: skip
    admin = (capsys, desk, "admin", "passphrase admin")
    assert run(*admin, *init).refused == "cli.no_answer"
    assert run(*admin, *init, "--fingerprint", "one two").refused == "programme.fingerprint"
    assert not desk.exists()
    made = run(*admin, *init, "--fingerprint", founded.document["fingerprint"].upper())
    assert made.code == DONE, made.err
    assert sorted(path.name for path in stick.iterdir()) == ["enrol.fvb", "programme.json"]
    assert run(*admin, "desk", "enrol", *init[4:10]).refused == "desk.enrolled"
    lead = (capsys, centre, "lead", "passphrase lead")
    assert run(*lead, "centre", "enrol", stick / "enrol.fvb", "--site", "nowhere").refused == "centre.site"
    number = run(*lead, "centre", "enrol", stick / "enrol.fvb").document["number"]
    (tmp_path / "terms.json").write_text('{"pay_points": [{"number": 1, "nam": "x"}]}', encoding="utf-8")
    bundle = ("centre", "bundle", "--desk", number, "--out", stick)
    wrong = run(*lead, *bundle, "--terms", tmp_path / "terms.json")
    assert (wrong.refused, "$.pay_points[0]" in wrong.err) == ("cli.document", True)
    lists = run(*lead, *bundle).document["file"]
    assert run(capsys, desk, "Nour", "passphrase Nour", "desk", "install", lists).document["result"] == "installed"
    sara = made.document["passphrases"]["Sara"]
    status = run(capsys, desk, "Sara", sara, "desk", "status").document
    assert (status["lists_age"], status["free_numbers"]) == (0, {"household": 1000, "voucher": 1000})
    assert run(capsys, desk, "Sara", "not hers at all", "desk", "status").refused == "slot.wrong"


def test_answers_come_in_the_language_asked_for(programme: Programme, capsys: Capture) -> None:
    said = programme(CLERK, "desk", "status", document=False)
    assert "not acknowledged" in said.out
    assert str(date.today().year) not in said.err


def test_a_list_is_matched_with_the_register_and_nothing_of_it_is_kept(programme: Programme, tmp_path: Path) -> None:
    known = programme(CLERK, "household", "register", "--file", form(tmp_path / "f.json")).document["number"]
    members = json.loads((tmp_path / "f.json").read_text(encoding="utf-8"))["members"]
    columns = ("household", "relation", "sex", "birth_date", "given_name", "father_name", "grandfather_name")
    with (tmp_path / "list.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(columns)
        for member in members:
            relation = "head" if member["relation"] == "HEAD" else ""
            rows.writerow(("77", relation, *(member[column] for column in columns[2:])))
    out = tmp_path / "out.csv"
    said = programme(CLERK, "household", "match", tmp_path / "list.csv", "--out", out).document
    assert said["families"] == 1
    best = next(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert (best["household"], best["household_number"]) == ("77", known)
    assert int(best["probability"]) > 50
    assert "HEAD" in best["reasons"].split()
    assert programme(CLERK, "household", "expect", tmp_path / "list.csv").document["new"] == 1
    assert programme(ADMIN, "household", "match", tmp_path / "list.csv", "--out", out).refused == "role.not_allowed"


def test_a_voucher_that_two_desks_printed_is_listed_as_a_conflict(
    programme: Programme, registered: str, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()

    def exported(desk: str) -> str:
        path: str = programme(f"{desk}:supervisor", "batch", "export", "--to", stick).document["path"]
        return path

    point = programme.facts.desks[0].number
    plan = planned_cash(programme, registered, point)
    voucher = plan.document["voucher"]
    assert programme(SUPERVISOR, "voucher", "approve", voucher).code == DONE
    batches = [exported("desk-one")]
    assert programme("desk-two:supervisor", "batch", "install", batches[0]).document["result"] == "installed"
    for desk in ("desk-one", "desk-two"):
        printed = programme(f"{desk}:clerk", "voucher", "print", voucher, "--out", tmp_path / "v.pdf")
        assert printed.code == DONE, printed.err
        batches.append(exported(desk))
    received = programme("centre", "centre", "receive", *batches).document
    assert [receipt["state"] for receipt in received] == ["accepted"] * 3
    (conflict,) = programme("centre", "centre", "conflicts").document
    assert (conflict["record"], conflict["kind"], conflict["number"]) == (voucher, "voucher", registered)
    assert conflict["fields"] == ["number"]
    assert programme("centre", "centre", "report").document["register"]["conflicts"] == 1
    assert voucher in programme("centre", "centre", "conflicts", document=False).out
    assert "Open conflicts: 1" in programme("centre", "centre", "report", document=False).out


# --- a lost stick, a lost laptop ---


def test_a_batch_is_waived_and_a_desk_revoked(programme: Programme, tmp_path: Path) -> None:
    sent = []
    for name in ("one.json", "two.json"):
        assert programme(CLERK, "household", "register", "--file", form(tmp_path / name)).code == DONE
        sent.append(programme(SUPERVISOR, "batch", "export", "--to", tmp_path).document)
    lost, after = sent
    desk = programme("centre", "centre", "report").document["desks"][0]["desk"]
    waive = ("centre", "waive", "--desk", desk, "--seq", lost["seq"], "--reason", "the stick was lost")
    assert programme("centre", *waive).refused == "waive.not_next"
    assert [receipt["state"] for receipt in programme("centre", "centre", "receive", after["path"]).document] == [
        "waiting"
    ]
    assert programme("centre", *waive).document["reason"] == "the stick was lost"
    report = programme("centre", "centre", "report").document
    assert [waiver["seq"] for waiver in report["register"]["waivers"]] == [lost["seq"]]
    assert [alarm["code"] for alarm in report["register"]["alarms"]] == ["batch.waived"]  # and practice raised none
    assert {line["desk"]: line["waiting"] for line in report["desks"]}[desk] == 0
    assert "the stick was lost" in programme("centre", "centre", "report", document=False).out
    assert programme("centre", "centre", "revoke", "--desk", desk, "--after-seq", after["seq"]).code == DONE
    assert programme("centre", "centre", "revoke", "--desk", 999, "--after-seq", 1).refused == "centre.desk_unknown"
