"""One engine for every rule: a history, a rule's settings and a day go in, a decision comes out. Pure; no session."""

import datetime as dt

from coachdesk.casework.sustained.decision import Decision, Verdict
from coachdesk.casework.sustained.earnings import decide_earnings
from coachdesk.casework.sustained.histories import WorkHistory
from coachdesk.casework.sustained.milestone import decide_cohort, decide_milestone
from coachdesk.casework.sustained.rate_book import RateBook
from coachdesk.casework.sustained.settings import Cohort, Earnings, Milestone, Settings
from coachdesk.casework.sustained.windows import decide_weeks


def decide(history: WorkHistory, rule: Settings | None, book: RateBook, as_at: dt.date) -> Decision:
    """Return how a client stands by a rule on a day; a rule without its settings judges nobody."""
    if rule is None:
        return Decision(verdict=Verdict.BLANK)
    if isinstance(rule, Milestone):
        return decide_milestone(history, rule, as_at)
    if isinstance(rule, Cohort):
        return decide_cohort(history, rule, as_at)
    if isinstance(rule, Earnings):
        return decide_earnings(history, rule, book, as_at)
    return decide_weeks(history, rule, book, as_at)
