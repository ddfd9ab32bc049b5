"""What a family may take home about its way: the readiness checklist, what happens next, and why it is not ready yet.

Drawn by ``helpdesk.printing``, with the reasons as a family may carry them: nothing that could mark it stands there.
"""

from __future__ import annotations

from helpdesk.core.language import Words
from helpdesk.journey.cases.documents import Standing
from helpdesk.printing.readiness import checklist_pdf, next_slip, not_yet_slip
from helpdesk.printing.slips import slip_pdf
from ui.forms.desk_now import DeskNow
from ui.printing import Paper


def checklist_paper(words: Words, standing: Standing, now: DeskNow, *, practice: bool) -> Paper:
    """Every condition, whether it holds, and a line to sign on."""
    return Paper(words("Readiness checklist"), checklist_pdf(words, standing, now.helplines, practice=practice))


def next_paper(words: Words, standing: Standing, now: DeskNow, *, practice: bool) -> Paper:
    """What happens next, step by step; what is still to do first."""
    slip = next_slip(words, standing, now.helplines, practice=practice)
    return Paper(slip.title, slip_pdf(slip, words))


def reason_paper(words: Words, standing: Standing, now: DeskNow, *, practice: bool) -> Paper:
    """Why the family is not on the list, and whom to call about it."""
    slip = not_yet_slip(words, standing, now.helplines, practice=practice)
    return Paper(words("Why not yet"), slip_pdf(slip, words))
