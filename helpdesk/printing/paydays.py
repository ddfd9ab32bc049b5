"""Papers of a distribution day: the numbered list that is printed before the power goes, and what the day came to.

The list names whom it must name to pay them, and says nothing of camp, origin, barrier or category (DOMAIN.md 4.6).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from helpdesk.assistance.cash.counting import NOTES, notes_for
from helpdesk.assistance.cash.queries import DayEndShown
from helpdesk.assistance.distributions.documents import LINE_STATE, Line
from helpdesk.assistance.distributions.queries import DayShown
from helpdesk.core.language import Words
from helpdesk.core.numbers import household_number_shown, voucher_number_shown
from helpdesk.households import paper_forms
from helpdesk.printing.blocks import amount_shown, day_shown, unbroken
from helpdesk.printing.lists import Column, ListPaper, list_pdf, lists_pdf


def distribution_list_pdf(day: DayShown, words: Words, pay_point: str, *, practice: bool) -> bytes:
    """The list to pay by, with room to sign; lines that are settled already say so instead of standing empty."""
    columns = (
        Column(words("No."), 0.6, align="center"),
        Column(words("Household number"), 1.7),
        Column(words("Name"), 2.6),
        Column(words("Size"), 0.7, align="center"),
        Column(words("Voucher"), 1.9),
        Column(words("Amount"), 1.6, align="end"),
        Column(words("Signature or thumb"), 2.2, write_here=True),
        Column(words("Collected by somebody else: who"), 2.4, write_here=True),
        Column(words("Paid by"), 1.5, write_here=True),
        Column(words("Witness"), 1.5, write_here=True),
    )
    paper = ListPaper(
        title=words("Distribution list"),
        columns=columns,
        rows=[_row(words, line) for line in day.lines],
        practice=practice,
        facts=(*_facts(day, words, pay_point), (words("To be paid"), _amount(words, day.sums.planned))),
        notes=(
            words("Ask for the paper and an identity document; strike out a line whose paper is not there."),
            words("Another person collects only where her name stands below the payee's: write it into the column."),
            words("Afterwards type the lines in by their numbers. A line is taken once, however often it is typed."),
            words("Notes to bring: {notes}", notes=_notes_to_bring(words, day)),
        ),
        sign_here=(words("Signature of the payer"), words("Signature of the witness")),
    )
    return list_pdf(paper, words, wide=True)


def _notes_to_bring(words: Words, day: DayShown) -> str:
    waiting = (line.amount for line in day.lines if line.state in ("WAITING", "ABSENT"))
    return words.listed(
        unbroken(words.digits(f"{pieces} x {note}")) for note, pieces in notes_for(waiting).items()
    ) or words("none")


def _row(words: Words, line: Line) -> tuple[str, ...]:
    name = line.payee if not line.alternate else f"{line.payee}\n{line.alternate}"
    settled = line.state not in ("WAITING", "ABSENT")
    return (
        words.digits(line.line),
        unbroken(household_number_shown(line.household_number)) if line.household_number else "",
        name,
        words.digits(line.size),
        unbroken(voucher_number_shown(line.number)) if line.number else "",
        amount_shown(words, line.amount, line.currency),
        words.label(LINE_STATE.name, line.state) if settled else "",
        "",
        line.paid_by,
        line.witness,
    )


def _facts(day: DayShown, words: Words, pay_point: str) -> tuple[tuple[str, str], ...]:
    return (
        (words("Pay point"), pay_point),
        (words("Day"), day_shown(words, day.distribution.on)),
        (words("List"), unbroken(paper_forms.shown(day.distribution.number))),
    )


def _amount(words: Words, amount: int) -> str:
    return amount_shown(words, amount, "IQD")


def reconciliation_pdf(
    day: DayShown, end: DayEndShown | None, words: Words, pay_point: str, *, practice: bool
) -> bytes:
    """What a distribution day came to: its lines by state, the box by note, and two signatures.

    Where the day's cash is not counted yet, the notes stand empty to be counted by hand.
    """
    return lists_pdf(
        (
            _lines_paper(day, words, pay_point, practice=practice),
            notes_paper(
                end.end.pieces if end is not None else None, words, _facts(day, words, pay_point),
                box_notes(end, words), practice=practice,
            ),
        ),
        words,
    )  # fmt: skip


def _lines_paper(day: DayShown, words: Words, pay_point: str, *, practice: bool) -> ListPaper:
    sums = day.sums
    by_state: dict[str, tuple[int, int]] = {}
    for line in day.lines:
        lines, amount = by_state.get(line.state, (0, 0))
        by_state[line.state] = lines + 1, amount + line.amount
    rows = [
        (words.label(LINE_STATE.name, state), words.digits(by_state[state][0]), _amount(words, by_state[state][1]))
        for state in LINE_STATE
        if state in by_state
    ]
    rows.append((words("Total"), words.digits(sums.lines), _amount(words, sums.planned)))
    return ListPaper(
        title=words("Reconciliation"),
        columns=(
            Column(words("Lines"), 3),
            Column(words("Number"), 1, align="center"),
            Column(words("Amount"), 2, align="end"),
        ),
        rows=rows,
        practice=practice,
        facts=_facts(day, words, pay_point),
        strong=frozenset({len(rows) - 1}),
    )


def notes_paper(
    pieces: Mapping[str, int] | None,
    words: Words,
    facts: tuple[tuple[str, str], ...],
    notes: Iterable[str],
    *,
    practice: bool,
) -> ListPaper:
    """The count by note, filled in or to be filled in by hand, with lines for two signatures."""
    blank = pieces is None
    counts = pieces or {}
    rows = [
        (
            _amount(words, note),
            "" if blank else words.digits(counts.get(str(note), 0)),
            "" if blank else _amount(words, note * counts.get(str(note), 0)),
        )
        for note in NOTES
    ]
    total = sum(int(note) * number for note, number in counts.items())
    rows.append((words("Total"), "", "" if blank else _amount(words, total)))
    return ListPaper(
        title=words("Cash counted"),
        columns=(
            Column(words("Banknote"), 2, align="end"),
            Column(words("Pieces"), 1.5, align="center", write_here=blank),
            Column(words("Amount"), 2, align="end", write_here=blank),
        ),
        rows=rows,
        practice=practice,
        facts=facts,
        notes=tuple(notes),
        sign_here=(words("Signature of the first person"), words("Signature of the second person")),
        strong=frozenset({len(rows) - 1}),
    )


def box_notes(end: DayEndShown | None, words: Words) -> tuple[str, ...]:
    """The sentences below a count: what should be there, what differs, and how it was explained."""
    if end is None:
        return (words("The cash of this day is not counted yet."),)
    box, papers = end.end.box, end.end.papers
    found = [
        words(
            "In the box before: {opening}. Received: {received}. Paid: {paid}. Returned: {returned}. Must be there: "
            "{held}.",
            opening=_amount(words, box.opening),
            received=_amount(words, box.received),
            paid=_amount(words, box.paid),
            returned=_amount(words, box.returned),
            held=_amount(words, box.should_hold),
        ),
        words(
            "Papers printed: {printed}. Paid: {paid}. Void: {void}. With families: {out}. Must be here: {stock}. "
            "Counted: {counted}.",
            printed=papers.printed,
            paid=papers.paid,
            void=papers.void,
            out=papers.with_families,
            stock=papers.in_stock,
            counted=end.end.papers_counted,
        ),
        words("Difference in cash: {amount}.", amount=_amount(words, end.end.variance)),
        words("Difference in papers: {papers}.", papers=end.end.papers_variance),
    ]
    if end.end.flaws:
        found.append(words.plural("The ledger has {n} flaw.", "The ledger has {n} flaws.", len(end.end.flaws)))
    if end.end.box.late:
        found.append(
            words.plural(
                "{n} payment is of a day that was closed before.",
                "{n} payments are of days that were closed before.",
                end.end.box.late,
            )
        )
    if end.end.explanation:
        found.append(words("Explanation: {text}", text=end.end.explanation))
    found.extend(
        words(
            "Corrected on {day} by {amount} and {papers} papers: {reason}",
            day=correction.on,
            amount=_amount(words, correction.amount),
            papers=correction.papers,
            reason=correction.reason,
        )
        for correction in end.corrections
    )
    if end.one_name:
        found.append(words("These two accounts carry one name."))
    found.append(
        words("Counted by {first}, signed by {second}.", first=end.counted_by, second=end.signed_by)
        if end.closed
        else words("Not closed: the second signature is missing.")
    )
    return tuple(found)


def day_end_pdf(end: DayEndShown, words: Words, pay_point: str, *, practice: bool) -> bytes:
    """A day's end as a paper: the count by note, what should be there, the differences, two signatures."""
    facts = ((words("Pay point"), pay_point), (words("Day"), day_shown(words, end.end.on)))
    return list_pdf(notes_paper(end.end.pieces, words, facts, box_notes(end, words), practice=practice), words)
