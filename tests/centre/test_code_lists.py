"""Code lists that the centre edits: on both registers, in the bundle, at a desk, in its batch, and in the report."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from helpdesk.centre import areas, code_lists, intake, reports
from helpdesk.core.codes import CodeList, Lists
from helpdesk.core.errors import Fault, Refusal
from helpdesk.core.language import Words
from helpdesk.desk import audit
from helpdesk.desk.bundle import Bundle, DeskFacts, ListedCode
from helpdesk.exchange import installing
from helpdesk.exchange.code_lists import MOST_ADDED, OPEN, check_all
from helpdesk.households import queries
from helpdesk.households.codes import OTHER_REASON, REASON
from helpdesk.households.documents import BarrierItem, PlaceAnswer
from helpdesk.households.forms import IntentionAnswer
from helpdesk.journey.areas.forms import NoteForm
from helpdesk.opening import Desk
from helpdesk.reports.asked import Asking
from helpdesk.reports.registry import table_of
from tests.people import small_form
from tests.places import FALLUJAH
from tests.programme import Programme

ENGLISH, ARABIC = (
    "Waits for exams",
    "\u064a\u0646\u062a\u0638\u0631 \u0627\u0644\u0627\u0645\u062a\u062d\u0627\u0646\u0627\u062a",
)
ROOT = Path(__file__).resolve().parents[2]


def edit(programme: Programme, act: Any, *args: Any, **kwargs: Any) -> ListedCode:
    with programme.office() as office:
        changed: ListedCode = office.gate.do(act, office, *args, **kwargs)
        return changed


def renew(programme: Programme, folder: str = "one") -> None:
    path = programme.bundle(folder)
    programme.at(folder, "clerk", lambda desk: installing.install(desk, path))


def stays_because(programme: Programme, code: str, folder: str = "one") -> str:
    form = small_form(programme.clock, barriers=(BarrierItem(code),))
    return programme.register(folder, form)


def test_an_added_entry_goes_from_the_centre_to_its_report(programme: Programme) -> None:
    with pytest.raises(Refusal, match=r"form\.code"):
        stays_because(programme, "XEXAM")
    edit(programme, code_lists.add, "other_reason", "XEXAM", {"en": ENGLISH, "ar": ARABIC})
    edit(programme, code_lists.retire, "other_reason", "XKIN")
    edit(programme, code_lists.rename, "other_reason", "XOTH", {"en": "Something else"})
    renew(programme)

    def asked(desk: Desk) -> None:
        offered = desk.lists.offered(OTHER_REASON)
        assert offered == ("XSCHOOL", "XHEALTH", "XBETTER", "XOTH", "XEXAM")
        english, arabic, sorani = (Words(code, desk.lists) for code in ("en", "ar", "ckb"))
        assert english.label("other_reason", "XEXAM") == ENGLISH
        assert arabic.label("other_reason", "XEXAM") == ARABIC
        assert sorani.label("other_reason", "XEXAM") == ENGLISH
        assert english.label("other_reason", "XOTH") == "Something else"
        assert arabic.label("other_reason", "XOTH") == Words("ar").label("other_reason", "XOTH")
        # what was recorded with a retired entry keeps its words
        assert english.label("other_reason", "XKIN") == Words("en").label("other_reason", "XKIN")

    programme.at("one", "clerk", asked)
    stays_because(programme, "XEXAM")
    stays_because(programme, "XKIN")  # another desk may offer it still, so nothing refuses it
    exported = programme.export("one")
    with programme.office() as office:
        (receipt,) = intake.receive(office, [exported.path])
        assert receipt.state == "accepted"
        words = Words("en", code_lists.lists_here(office))
        table = reports.table(office, "barriers", Asking(words))
    items = [row.cells[0] for row in table.rows if row.total]
    assert items == [Words("en").label("other_reason", "XKIN"), ENGLISH]


def test_a_desk_that_never_heard_of_an_entry_shows_its_code(programme: Programme) -> None:
    edit(programme, code_lists.add, "reason", "BEES", {"en": "Bees to look after"})
    edit(programme, code_lists.add, "other_reason", "XBEES", {"en": "Bees there"})
    renew(programme, "one")
    intention = IntentionAnswer("RET", destination=PlaceAnswer(FALLUJAH), reasons=("BEES",))
    family = programme.register(
        "one", small_form(programme.clock, intention=intention, barriers=(BarrierItem("XBEES"),))
    )
    exported = programme.export("one")

    def read(desk: Desk) -> None:
        assert installing.install(desk, exported.path).result == "installed"
        assert desk.ask(queries.family_file, family).intentions[0].reasons == ("BEES",)
        words = Words("en", desk.lists)
        assert words.label(REASON.name, "BEES") == "BEES"
        (row,) = (row for row in desk.ask(_barriers, Asking(words)).rows if row.total)
        assert row.cells[0] == "XBEES"

    programme.at("two", "supervisor", read)


def _barriers(view: Any, asking: Asking) -> Any:
    return table_of(view, "barriers", asking)


def test_the_centre_records_with_its_own_entries(programme: Programme) -> None:
    note = NoteForm(FALLUJAH, "LESSON", "DATES", "Palms need three years", "IOM", 2)
    with programme.office() as office:
        with pytest.raises(Refusal, match=r"form\.code"):
            office.gate.do(areas.note, office, note)
        office.gate.do(code_lists.add, office, "obstacle_topic", "DATES", {"en": "Date palms"})
        office.gate.do(areas.note, office, note)


def test_every_change_is_kept_and_audited(programme: Programme) -> None:
    edit(programme, code_lists.add, "tenure", "DORM", {"en": "A dormitory"})
    edit(programme, code_lists.rename, "tenure", "DORM", {"kmr": "\u062e\u0627\u0646\u06cc"})
    edit(programme, code_lists.retire, "tenure", "DORM")
    edit(programme, code_lists.retire, "tenure", "DORM", retired=False)
    with programme.office() as office:
        told = code_lists.history(office, "tenure")
        assert [change.entry.retired for change in told] == [False, False, True, False]
        assert dict(told[-1].entry.labels) == {"en": "A dormitory", "kmr": "\u062e\u0627\u0646\u06cc"}
        assert {change.user for change in told} == {office.gate.user.id}
        assert len(code_lists.lists_here(office).offered(OPEN["tenure"])) == len(OPEN["tenure"]) + 1
        with office.gate.store.read() as connection:
            entries = [json.loads(line) for _, line in audit.entries(connection)]
    assert [entry["act"] for entry in entries if entry["objects"] == ["tenure:DORM"]] == [
        "centre.code_add", "centre.code_label", "centre.code_retire", "centre.code_retire",
    ]  # fmt: skip


NOBODY_ADDS: tuple[tuple[str, str, dict[str, str], str], ...] = (
    ("case_state", "LOST", {"en": "Lost"}, "codes.closed"),
    ("safeguard", "H10", {"en": "Another"}, "codes.closed"),
    ("case_track", "NEW", {"en": "Another"}, "codes.closed"),
    ("relation", "UNCLE", {"en": "Uncle"}, "codes.closed"),
    ("sex", "X", {"en": "X"}, "codes.closed"),
    ("purpose", "ADS", {"en": "Ads"}, "codes.closed"),
    ("nothing", "A", {"en": "A"}, "codes.closed"),
    ("reason", "A B", {"en": "A"}, "codes.form"),
    ("reason", "", {"en": "A"}, "codes.form"),
    ("reason", "A" * 13, {"en": "A"}, "codes.form"),
    ("reason", "\u0627", {"en": "A"}, "codes.form"),
    ("reason", "A\n", {"en": "A"}, "codes.form"),
    ("reason", "BEES", {}, "codes.unnamed"),
    ("reason", "BEES", {"ar": "A"}, "codes.unnamed"),
    ("reason", "BEES", {"en": "  "}, "codes.label"),
    ("reason", "BEES", {"en": "A" * 81}, "codes.label"),
    ("reason", "BEES", {"en": "A", "fr": "B"}, "codes.label"),
    ("reason", "HOME", {"en": "Home"}, "codes.taken"),
    ("reason", "home", {"en": "Home"}, "codes.taken"),
    ("other_reason", "C3BLK", {"en": "Blocked"}, "codes.starts"),
)


def test_what_nobody_may_add(ready_programme: Programme, tmp_path: Path) -> None:
    programme = ready_programme.copied(tmp_path / "programme")
    with programme.office() as office:
        for name, code, labels, refused in NOBODY_ADDS:
            with pytest.raises(Refusal) as told:
                office.gate.do(code_lists.add, office, name, code, labels)
            assert (code, told.value.code) == (code, refused)
        assert code_lists.lists_here(office) == Lists()


def test_what_a_rule_knows_by_name_stays(ready_programme: Programme, tmp_path: Path) -> None:
    programme = ready_programme.copied(tmp_path / "programme")
    with programme.office() as office:
        for name, code in (("reason", "FORCED"), ("document", "NID"), ("service_item", "SH1"), ("hazard", "NONE")):
            with pytest.raises(Refusal, match=r"codes\.kept"):
                office.gate.do(code_lists.rename, office, name, code, {"en": "Calm"})
            with pytest.raises(Refusal, match=r"codes\.kept"):
                office.gate.do(code_lists.retire, office, name, code)
        with pytest.raises(Refusal, match=r"codes\.unknown"):
            office.gate.do(code_lists.retire, office, "reason", "BEES")


def test_a_list_is_still_to_be_read() -> None:
    many = [ListedCode("reason", f"R{n}", {"en": "A reason"}) for n in range(MOST_ADDED)]
    check_all(many)
    with pytest.raises(Refusal, match=r"codes\.full"):
        check_all([*many, ListedCode("reason", "ONE", {"en": "One more"})])
    with pytest.raises(Refusal, match=r"codes\.taken"):
        check_all([many[0], many[0]])


@pytest.mark.parametrize(
    "hostile",
    [
        ListedCode("reason", "BEES", {"en": "Bees \u202egnihton"}),
        ListedCode("reason", "BEES", {"en": "B" * 10_240}),
        ListedCode("reason", "BEES BEES", {"en": "Bees"}),
        ListedCode("reason", "BEES", {"en": "Bees\nand more"}),
        ListedCode("reason", "BEES", {"en": "Bees", "tlh": "Bees"}),
        ListedCode("reason", "FORCED", {"en": "Of their own free will"}),
        ListedCode("reason", "FORCED", retired=True),
        ListedCode("case_state", "READY", {"en": "Not ready"}),
        ListedCode("other_reason", "C1HOU", {"en": "House"}),
        ListedCode("unheard", "A", {"en": "A"}),
    ],
)
def test_a_hostile_bundle_is_refused_whole(hostile: ListedCode) -> None:
    bundle = msgspec.to_builtins(_bundle(()))
    assert installing.read_bundle({"t": "bundle", **bundle}).code_lists == ()
    fair = ListedCode("reason", "BEES", {"en": "Bees"})
    assert installing.read_bundle({**bundle, "code_lists": [msgspec.to_builtins(fair)]}).code_lists == (fair,)
    with pytest.raises(Fault) as fault:
        installing.read_bundle({**bundle, "code_lists": [msgspec.to_builtins(fair), msgspec.to_builtins(hostile)]})
    assert fault.value.code == "bundle.form"


def _bundle(listed: tuple[ListedCode, ...]) -> Bundle:
    facts = DeskFacts(101, "One", "ab" * 32, "DIS", (), ())
    return Bundle(1, "Tests", True, 2, 1, 2, 3, facts, "", "", "", "", code_lists=listed)


def test_every_open_list_is_in_the_table() -> None:
    found = set()
    for path in (ROOT / "helpdesk").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "CodeList"):
                continue
            if any(word.arg == "grows" for word in node.keywords):
                found.add(ast.literal_eval(node.args[0]))
    assert found == set(OPEN)
    assert all(codes.grows for codes in OPEN.values())


def test_a_closed_list_listens_to_nobody() -> None:
    lists = Lists([ListedCode("sex", "X", {"en": "X"}), ListedCode("sex", "F", retired=True)])
    sex = CodeList("sex", "F", "M")
    assert lists.accepted(sex) is sex
    assert lists.offered(sex) == ("F", "M")
