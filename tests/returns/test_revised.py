"""A return issued anew says why, and a year to date knows its quarters."""

import datetime as dt
import json
from typing import Any
from uuid import UUID

import pytest

from coachdesk.errors import Refusal
from coachdesk.models import Programme, Release, ReleaseReview
from coachdesk.returns.periods import Period
from coachdesk.returns.retreat import Retreat, narrowed
from coachdesk.returns.revised import has_changed, last_issued, require_reason, takes_in_issued
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.returns.test_safety import count, ids, issued

QUARTER = Period(dt.date(2026, 7, 1), dt.date(2026, 9, 30))
YEAR = Period(dt.date(2026, 4, 1), dt.date(2026, 9, 30))
OTHER = Period(dt.date(2026, 4, 1), dt.date(2026, 6, 30))


def release(programme: UUID, period: Period, number: int, **counted: Any) -> Release:
    return Release(
        programme_id=programme,
        from_on=period.from_on,
        to_on=period.to_on,
        as_at=period.to_on,
        issued_at=dt.datetime(2026, 10, number, tzinfo=dt.UTC),
        issued_by="Ruth Ellison",
        audience="named funder",
        threshold=5,
        rule_version="withhold-1",
        engine_version="1",
        journal_position=1,
        counted=counted,
        printed={},
        finding={},
    )


def test_the_newest_return_of_just_the_period_is_found_and_a_question_is_none(vault: OpenVault) -> None:
    with unit_of_work(vault, label="Issued returns") as work:
        session = work.session
        grant = Programme(key="grant", title="Grant", funder="A trust", threshold=5, definition={})
        other = Programme(key="other", title="Other", funder="A trust", threshold=5, definition={})
        session.add_all([grant, other])
        session.flush()
        assert last_issued(session, grant.id, QUARTER) is None
        assert not takes_in_issued(session, grant.id, YEAR)
        asked = release(grant.id, QUARTER, 4, which="question")
        session.add_all(
            [
                release(grant.id, QUARTER, 1, which="first"),
                release(grant.id, QUARTER, 2, which="second"),
                release(grant.id, OTHER, 3, which="another quarter"),
                release(other.id, QUARTER, 5, which="another programme"),
                asked,
            ]
        )
        session.flush()
        session.add(ReleaseReview(release_id=asked.id, sort="question", title="How many?"))
        session.flush()
        assert last_issued(session, grant.id, QUARTER) == {"which": "second"}
        assert takes_in_issued(session, grant.id, YEAR)
        assert not takes_in_issued(session, grant.id, QUARTER), "itself is no shorter period"


def kept(*people: frozenset[UUID]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(issued(count("Q1", starts=people[0]))[1]))
    return found


def test_other_figures_need_a_reason_and_the_same_figures_none() -> None:
    first = kept(ids(60))
    same, late = count("Q1", starts=ids(60)), count("Q1", starts=ids(61))
    assert not has_changed(same, first)
    require_reason(same, first, "")
    require_reason(late, None, "")
    require_reason(late, first, "One referral was written down late")
    with pytest.raises(Refusal, match="Say why it is issued anew") as refusal:
        require_reason(late, first, "  ")
    assert set(refusal.value.fields) == {"reason"}


def test_a_figure_that_came_or_went_is_a_change_and_a_breakdown_left_out_is_none() -> None:
    first = kept(ids(60))
    assert has_changed(count("Q1", starts=ids(60), reach=ids(60)), first)
    without = narrowed(count("Q1", starts=ids(60)), Retreat(out=frozenset({"starts-by-hub"})))
    assert not has_changed(without, first)
