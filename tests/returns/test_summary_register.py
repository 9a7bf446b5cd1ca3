"""What the register holds of earlier periods, read from a real vault."""

import datetime as dt
from typing import Any

from coachdesk.models import Release, ReleaseReview
from coachdesk.returns.periods import Period
from coachdesk.returns.summary_trend import earlier_figures
from coachdesk.returns.wishes import EarlierFigures
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work
from tests.returns.return_world import World

Q1 = Period(dt.date(2026, 4, 1), dt.date(2026, 6, 30))
Q2 = Period(dt.date(2026, 7, 1), dt.date(2026, 9, 30))


def release(world: World, period: Period, starts: object, *, hour: int = 9, sort: str = "return") -> None:
    """Put an issued release of a period into the register."""
    printed: dict[str, Any] = {"tables": [{"id": "starts", "dims": [], "values": starts}]}
    one = Release(
        programme_id=world.programme.id,
        from_on=period.from_on,
        to_on=period.to_on,
        as_at=period.to_on,
        issued_at=dt.datetime(2026, 10, 3, hour, tzinfo=dt.UTC),
        issued_by="Ruth",
        audience="named funder",
        threshold=5,
        rule_version="withhold-1",
        engine_version="1",
        journal_position=1,
        counted={},
        printed=printed,
        finding={},
    )
    world.add(one)
    world.add(ReleaseReview(release_id=one.id, sort=sort))


def test_the_newest_return_of_each_earlier_period_speaks(vault: OpenVault) -> None:
    with unit_of_work(vault, label="Made a register") as work:
        world = World(work.session)
        release(world, Q1, 40)
        release(world, Q1, 42, hour=11, sort="revised")
        release(world, Q1, 7, hour=12, sort="question")
        release(world, Q2, 50, hour=13)
        programme = world.programme.id
    with reading(vault) as session:
        found = earlier_figures(session, programme, Q2)
        nothing = earlier_figures(session, vault.vault_id, Q2)
    assert found == (EarlierFigures(from_on=Q1.from_on, to_on=Q1.to_on, numbers={"starts": 42}),)
    assert nothing == ()
