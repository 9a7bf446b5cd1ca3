"""The lines of a programme counted under a catalogue: as a return counts them, before anything is protected."""

import datetime as dt

from sqlalchemy.orm import Session

from coachdesk.models import Programme
from coachdesk.returns.catalogue import Catalogue, rules_on
from coachdesk.returns.figures import Line
from coachdesk.returns.indicators.found import Scope
from coachdesk.returns.lines import counts
from coachdesk.returns.periods import Period
from coachdesk.returns.rules import rules_of

_EVERYTHING = 1
"""Nothing is printed of what is counted here, so no table is too small."""


def lines_of(
    session: Session, programme: Programme, period: Period, as_at: dt.date, catalogue: Catalogue
) -> tuple[Line, ...]:
    """Return every figure of a programme in a period, counted by the wordings and rules of a catalogue."""
    rules = rules_of(programme.definition, rules_on(catalogue, period.to_on))
    scope = Scope(programme_id=programme.id, period=period, as_at=as_at, rules=rules)
    return counts(session, scope, catalogue, _EVERYTHING).lines
