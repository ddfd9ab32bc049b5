"""Money at a desk: a scan and its verdict, a thousand vouchers as paper, five hundred approved, a question to the list.

A scan's floor is the reading of the same camera picture alone, by the processor's time, as other processes slow both;
how long it takes on the wall stands beside it. The rest is held against its limit in seconds. The desk
knows the keys of two hundred issuers, and a paid list of twice as many grants as it has families.
"""

from __future__ import annotations

import time
from datetime import timedelta
from functools import partial
from itertools import islice
from random import Random
from statistics import median
from typing import Final

import msgspec
from PIL import Image

from helpdesk.assistance.vouchers import approving, checks, ledger, numbering
from helpdesk.assistance.vouchers.documents import Voucher
from helpdesk.assistance.vouchers.faces import PrintedVoucher, voucher_digits
from helpdesk.assistance.vouchers.kinds import VOUCHER
from helpdesk.core.clock import day_of
from helpdesk.core.language import Words
from helpdesk.core.numbers import with_check
from helpdesk.desk import paid_list, trust
from helpdesk.desk.bundle import Bundle, KnownKey
from helpdesk.desk.commands import Act, View, command
from helpdesk.desk.roles import FAMILIES, Role
from helpdesk.households import queries
from helpdesk.households.kinds import HOUSEHOLD
from helpdesk.opening import Desk, open_desk
from helpdesk.printing.faces import voucher_face
from helpdesk.printing.raster import page_image
from helpdesk.printing.scan import read_codes
from helpdesk.printing.vouchers import VoucherLayout, vouchers_pdf
from helpdesk.vault.keys import SigningKey
from helpdesk.vault.records import document_of
from tests.benchmarks.full_store import PASSPHRASE, Programme
from tests.benchmarks.measure import MILLISECONDS, SECOND, Measured, in_turns, shown, timed

ISSUERS: Final = 200
APPROVED: Final = 500
PRINTED: Final = 1000
ROUNDS: Final = 25
SCAN_LIMIT: Final = 5.0
SCAN_LIMIT_MS: Final = 150.0
APPROVE_LIMIT_S: Final = 5.0
PRINT_LIMIT_S: Final = 10.0
PAID_LIMIT_MS: Final = 5.0
_FRAME: Final = (1920, 1080)
"""Pixels of a common webcam's picture; it comes in colour."""
_AMOUNT: Final = 600_000
_DAYS: Final = 30


def measure(programme: Programme) -> list[Measured]:
    """In a copy of the full store: planned by a clerk, approved by a supervisor who registered nobody."""
    _accounts(programme)
    desk = _signed_in(programme, "clerk")
    try:
        desk.do(_believe, _with_issuers(desk))
        families = tuple(islice(desk.ask(queries.household_ids), APPROVED))
        planned = desk.do(_plan, families)
    finally:
        desk.close()
    other = _signed_in(programme, "other")
    try:
        approving_them = _approving(other, planned)
    finally:
        other.close()
    desk = _signed_in(programme, "clerk")
    try:
        printed = desk.do(numbering.print_, planned)
        return [*_scanning(desk, printed), approving_them, _printing(desk, printed), *_asking(desk)]
    finally:
        desk.close()


def _accounts(programme: Programme) -> None:
    administrator = _signed_in(programme, "administrator")
    administrator.add_user("clerk", Role.CLERK, PASSPHRASE)
    administrator.add_user("other", Role.SUPERVISOR, PASSPHRASE)
    administrator.close()


def _signed_in(programme: Programme, name: str) -> Desk:
    return open_desk(programme.desk, name, PASSPHRASE)


def _with_issuers(desk: Desk) -> Bundle:
    # our own key stands first, as the centre writes the oldest desk first
    bundle = desk.ask(View.in_force)
    fresh = (SigningKey.generate() for _ in range(ISSUERS - len(bundle.issuers)))
    more = tuple(KnownKey(key.key_id, key.public.hex(), 200 + place, bundle.issued) for place, key in enumerate(fresh))
    return msgspec.structs.replace(bundle, version=bundle.version + 1, issuers=(*bundle.issuers, *more), paid=None)


@command("bench.believe", roles=FAMILIES)
def _believe(act: Act, bundle: Bundle, pages: tuple[bytes, ...] = ()) -> None:
    """Put a bundle in force as installing does, without its file."""
    trust.install(act.connection, bundle, "0" * 64)
    paid_list.install(act.connection, bundle.paid, pages)
    act.touch("bundle")


@command("bench.plan_vouchers", roles=FAMILIES)
def _plan(act: Act, households: tuple[str, ...]) -> tuple[str, ...]:
    """A planned voucher for each family, as planning writes it for those to whom the grant is due."""
    planned = []
    for household in households:
        found = document_of(act.connection, HOUSEHOLD, household)
        assert found is not None
        voucher_id = act.new_id()
        voucher = Voucher(
            household=household, grant="DEP", amount=_AMOUNT, currency="IQD", policy=1,
            pay_point=act.in_force().desk.pay_points[0].number, payee=found.principal, first_day=act.day,
            last_day=act.day + timedelta(days=_DAYS), state="PLANNED", planned_by=act.user.id,
        )  # fmt: skip
        act.records.create(VOUCHER, voucher_id, voucher)
        ledger.note(act, "PLAN", voucher_id, voucher)
        planned.append(voucher_id)
    act.objects.clear()
    return tuple(planned)


def _approving(desk: Desk, planned: tuple[str, ...]) -> Measured:
    # the sample is looked through by eye before; measured is the press that approves them all
    for one in desk.ask(approving.sample_of, planned):
        opened = desk.do(approving.open_sample, one)
        desk.do(approving.confirm_sample, planned, one, opened.seen, True)
    seconds = timed(lambda: desk.do(approving.approve, planned))
    what = f"approve {len(planned)} vouchers"
    return Measured(what, "", shown(seconds, SECOND), seconds * APPROVED / len(planned), APPROVE_LIMIT_S, SECOND)


def _scanning(desk: Desk, printed: tuple[PrintedVoucher, ...]) -> list[Measured]:
    # the first issuer of the list signed what this desk printed; nobody of the list signed the strange one
    known = printed[0]
    strange = msgspec.structs.replace(known, digits=desk.ask(_strangers, known.id))
    found = []
    for who, face, verdict in (("our own", known, "LIVE"), ("nobody's", strange, "UNKNOWN_ISSUER")):
        frame = _frame(desk, face)
        assert _scan(desk, frame, 0) == verdict
        pair = in_turns(ROUNDS, partial(_scan, desk, frame), partial(_read, frame), clock=time.thread_time)
        what = f"scan to verdict, {ISSUERS} issuers, {who}"
        found.append(pair.measured(what, SCAN_LIMIT, MILLISECONDS))
        taken = 1000 * median(timed(partial(_scan, desk, frame, turn)) for turn in range(ROUNDS))
        found.append(Measured(f"{what}, on the wall", "", f"{taken:.1f} ms", taken, SCAN_LIMIT_MS, MILLISECONDS))
    return found


def _scan(desk: Desk, frame: Image.Image, _turn: int) -> str:
    (digits,) = read_codes(frame)
    return desk.do(checks.check, digits).code


def _read(frame: Image.Image, _turn: int) -> None:
    read_codes(frame)


def _frame(desk: Desk, face: PrintedVoucher) -> Image.Image:
    # what a webcam sees of an A6 voucher that is held up to it
    words = Words("ar")
    points = desk.ask(View.in_force).desk.pay_points
    pdf = vouchers_pdf([voucher_face(face, points, words, practice=True)], words, VoucherLayout.A6)
    paper = page_image(pdf, 0, 200)
    paper.thumbnail(_FRAME)
    frame = Image.new("L", _FRAME, 90)
    frame.paste(paper, ((_FRAME[0] - paper.width) // 2, (_FRAME[1] - paper.height) // 2))
    noise = Image.frombytes("L", _FRAME, Random(1).randbytes(_FRAME[0] * _FRAME[1]))  # as every camera has it
    return Image.blend(frame.rotate(5, Image.Resampling.BICUBIC, fillcolor=90), noise, 0.08).convert("RGB")


def _strangers(view: View, voucher_id: str) -> str:
    voucher = document_of(view.connection, VOUCHER, voucher_id)
    household = document_of(view.connection, HOUSEHOLD, voucher.household) if voucher else None
    assert voucher is not None
    assert household is not None
    return voucher_digits(SigningKey.generate(), household, voucher)


def _printing(desk: Desk, printed: tuple[PrintedVoucher, ...]) -> Measured:
    words = Words("ar")
    points = desk.ask(View.in_force).desk.pay_points
    faces = [voucher_face(one, points, words, practice=True) for one in printed]
    faces = (faces * (1 + PRINTED // len(faces)))[:PRINTED]
    begun = time.process_time()
    vouchers_pdf(faces, words, VoucherLayout.A4_THREE)
    seconds = time.process_time() - begun
    return Measured(f"{PRINTED} vouchers, processor", "", shown(seconds, SECOND), seconds, PRINT_LIMIT_S, SECOND)


def _asking(desk: Desk) -> list[Measured]:
    # two grants of every family of a register like this one, paid elsewhere
    families = len(desk.ask(queries.household_ids))
    paid = [(with_check(f"{number:08d}"), grant) for number in range(families) for grant in ("DEP", "RIN")]
    bundle = desk.ask(View.in_force)
    told, pages = paid_list.build(paid, day_of(bundle.issued))
    desk.do(_believe, msgspec.structs.replace(bundle, version=bundle.version + 1, paid=told), pages)
    found = []
    for which, pairs in (("is on it", paid[: ROUNDS * 2]), ("is not", [(number, "SME") for number, _ in paid[:50]])):
        seconds = [timed(partial(desk.ask, paid_list.already_paid, *pair)) for pair in pairs]
        taken = median(seconds) * 1000
        what = f"ask a paid list of {len(paid):,}: {which}"
        found.append(Measured(what, "", f"{taken:.2f} ms", taken, PAID_LIMIT_MS, MILLISECONDS))
    return found
