"""The store's thread: order, delivery, dropping, superseding, stopping."""

from __future__ import annotations

import threading
from typing import Any

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from helpdesk.core.errors import Refusal
from helpdesk.core.progress import Progress
from tests.ui.conftest import Listener, PlainDesk
from ui.work import Running, Work


def _hour(_desk: PlainDesk) -> int:
    return threading.get_ident()


def test_queries_run_apart_and_answers_arrive_in_the_window(qtbot: QtBot, work: Work, listener: Listener) -> None:
    answers: list[tuple[int, int]] = []
    with qtbot.waitSignal(work.idle):
        work.read(listener, _hour, then=lambda ran: answers.append((ran, threading.get_ident())))
    ((ran, arrived),) = answers
    assert ran != arrived == threading.get_ident()


def test_a_write_tells_what_changed_and_that_it_was_saved(
    qtbot: QtBot, work: Work, listener: Listener, desk: PlainDesk
) -> None:
    def register(_desk: PlainDesk, name: str) -> str:
        return name.upper()

    register.changes = ("household",)
    told: list[Any] = []
    work.changed.connect(told.append)
    with qtbot.waitSignals([work.committed, work.idle]):
        work.write(listener, register, "amal", then=told.append)
    assert told == [frozenset({"household"}), "AMAL"]


def test_a_refusal_goes_to_its_owner_or_to_failed(qtbot: QtBot, work: Work, listener: Listener) -> None:
    def refuse(_desk: PlainDesk) -> None:
        raise Refusal("number.check")

    mine: list[Exception] = []
    with qtbot.waitSignal(work.idle):
        work.write(listener, refuse)
        work.write(listener, refuse, failed=mine.append)
    assert [str(error) for error in listener.failures + mine] == ["number.check"] * 2


def test_answers_for_a_page_that_is_gone_are_dropped(qtbot: QtBot, work: Work) -> None:
    class Gone(QWidget):
        def show_failure(self, error: Exception) -> None:
            raise AssertionError("told a page that is gone")

        def show_running(self, running: Running) -> None:
            raise AssertionError("told a page that is gone")

    gate = threading.Event()
    answers: list[bool] = []
    page = Gone()
    with qtbot.waitSignal(work.idle):
        work.read(page, lambda _: gate.wait(5), then=answers.append)
        page.deleteLater()
        with qtbot.waitSignal(page.destroyed):
            pass
        gate.set()
    assert answers == []


def test_of_reads_with_one_name_only_the_newest_is_answered(qtbot: QtBot, work: Work, listener: Listener) -> None:
    answers: list[str] = []
    gate = threading.Event()
    with qtbot.waitSignal(work.idle):
        work.read(listener, lambda _: gate.wait(5), then=None)
        for typed in ("a", "ah", "ahm"):
            work.read(listener, lambda _, text: text, typed, then=answers.append, newest="search")
        gate.set()
    assert answers == ["ahm"]


def test_long_work_reports_and_stops(qtbot: QtBot, work: Work, listener: Listener) -> None:
    reached = threading.Event()

    def endless(_desk: Any, progress: Progress) -> None:
        done = 0
        while True:
            done += 1
            progress(done, 10_000_000, "Counting")
            reached.set()

    answers: list[Any] = []
    with qtbot.waitSignal(work.idle):
        running = work.long(listener, endless, then=answers.append)
        assert reached.wait(5)
        running.stop()
    assert listener.running == [running]
    assert answers == listener.failures == []


def test_our_bugs_reach_the_owner_too(qtbot: QtBot, work: Work, listener: Listener) -> None:
    with qtbot.waitSignal(work.idle):
        work.read(listener, lambda _: 1 // 0, then=None)
    assert isinstance(listener.failures[0], ZeroDivisionError)


def test_closing_closes_the_desk(work: Work, desk: PlainDesk) -> None:
    assert work.close()
    assert desk.closed
    work._thread.join()


def test_when_idle_waits_for_what_was_asked_before(qtbot: QtBot, work: Work, listener: Listener) -> None:
    order: list[str] = []
    work.read(listener, lambda _: "read", then=order.append)
    work.when_idle(lambda: order.append("idle"))
    qtbot.waitUntil(lambda: len(order) == 2)
    assert order == ["read", "idle"]
