"""The key-message sheet (S25): what a session says, topic by topic, in plain words that can be read aloud.

The words are the programme's own and the same for everybody; they promise nothing that is not the family's right.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from helpdesk.core.language import N_, Words, isolate
from helpdesk.journey.engagement.codes import TOPIC
from helpdesk.printing.blocks import Helplines, unbroken
from helpdesk.printing.flow import LARGE, TITLE, Flow
from helpdesk.printing.page import A4, Offset, Sheet
from helpdesk.printing.text import Style

_ABOVE_ALL: Final = N_("Taking part is your own decision. You may stop at any time, and nothing is taken from you.")

EXPLOSIVES: Final = N_(
    "Do not go near, touch or move anything that may be explosive. "
    "Go back the way you came, keep others away, and call a number on this paper."
)
"""One sentence on every paper: marking a find means standing beside it."""

MESSAGES: Final[dict[str, tuple[str, ...]]] = {
    "REG": (
        N_("Every family may register, whether it wants to return, to live elsewhere, to stay, or does not know yet."),
        N_("Registering is free, and it is no promise to move."),
        N_("You get a card with a number. It is no identity document: keep your own papers with you."),
    ),
    "VOLUNT": (
        N_("Nobody may force you to leave, and nobody may punish you for staying."),
        N_("Every adult decides alone, women and men alike, and may say no."),
        N_("If somebody presses you, tell us or call a line below. You need not say your name."),
    ),
    "DEPSUP": (
        N_("If you decide to go, we help with the way, the papers and the belongings before you leave."),
        N_("Nobody leaves before the safeguards are met. If you have to wait, we tell you what is still missing."),
    ),
    "GRANT": (
        N_("Money is paid only with a voucher, and the amount stands on it."),
        N_("All help is free. If anybody asks you for money or a favour, do not pay, and tell us."),
    ),
    "ASSET": (
        N_("Tell us before the day what you want to take along, also animals, so that there is room for it."),
        N_("Ask us which things need a permit."),
    ),
    "GAS": (
        N_("Before you decide you may visit the place, or hear from people who come from there."),
        N_("Women are invited as much as men. Saying no to a visit changes nothing about your help."),
        N_("Nobody asks you to decide on the day of the visit."),
    ),
    "HLPCOMP": (
        N_("If your house or land was damaged or taken, you may have a right to compensation."),
        N_("Keep every paper that shows that it is yours. If you have none, ask us: there are other ways to show it."),
    ),
    "DOC": (
        N_("You need your civil papers on the way and for school, health care and claims."),
        N_("If papers are lost or have run out, tell us early: it takes time to get new ones."),
    ),
    "ERW": (
        N_("There may be mines and explosives near houses, fields and roads where fighting was."),
        EXPLOSIVES,
        N_("Show this to your children."),
    ),
    "FEEDBACK": (
        N_("You may ask, complain or thank at any time, here, by telephone or by the box."),
        N_("A complaint changes nothing about the help you get. You get an answer."),
    ),
    "SERV": (
        N_("Ask us which schools, health centres, water and work there are where you want to live."),
        N_("If we do not know, we ask and tell you."),
    ),
}  # fmt: skip
"""What is said about each topic of the list ``topic``."""


def key_message_sheet(
    words: Words, topics: Iterable[str], helplines: Helplines, *, practice: bool, offset: Offset = (0.0, 0.0)
) -> bytes:
    """The sheet of these topics, in the order of the list, as a PDF on A4.

    Raises:
        KeyError: a topic that is not in the list.
    """
    chosen = frozenset(topics)
    for topic in chosen:
        MESSAGES[topic]
    sheet = Sheet(A4, words, offset=offset)
    flow = Flow(sheet, practice=practice)
    flow.text(words("What you should know"), TITLE, after=3)
    flow.text(words(_ABOVE_ALL), Style(12.5, bold=True, leading=1.5), after=2)
    for topic in TOPIC:
        if topic in chosen:
            flow.heading(words.label(TOPIC.name, topic))
            for sentence in MESSAGES[topic]:
                flow.text(words(sentence), LARGE, after=1)
    if helplines:
        flow.heading(words("Questions, complaints, help"))
        for label, phone in helplines:
            flow.text(f"{isolate(label)} {unbroken(phone)}", Style(14, bold=True), after=1)
    return sheet.pdf()
