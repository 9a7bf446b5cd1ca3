"""A caseload whose service quality is read: clients, working time, roles, and the indicators by their keys."""

import datetime as dt
from typing import Any

from coachdesk.casework.coach_time import (
    SetCoachTime,
    set_coach_time,
)
from coachdesk.casework.service_quality.ground import (
    Indicator,
    QualityQuestion,
)
from coachdesk.casework.service_quality.reading import read_service_quality
from coachdesk.models import (
    Client,
    Coach,
)
from coachdesk.terms import Role
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.makers import (
    a_client,
    an_enrolment,
    ask,
    do,
    keep,
    programme_id,
)

FROM, TO = dt.date(2026, 7, 1), dt.date(2026, 9, 30)
QUESTION = QualityQuestion(from_on=FROM, to_on=TO, as_at=TO)


def read(vault: OpenVault, **values: Any) -> dict[str, Indicator]:
    given_ = {"from_on": FROM, "to_on": TO, "as_at": TO, **values}
    found = ask(vault, read_service_quality, QualityQuestion(**given_))
    return {one.key: one for one in found.indicators}


def counts(one: Indicator) -> dict[str, int]:
    return {part.title: part.count for part in one.parts}


def clients(vault: OpenVault, number: int, **values: Any) -> list[Client]:
    """Return so many clients of the coach at the desk, each enrolled and active since June."""
    made = [a_client(coach_id=vault.coach_id) for _ in range(number)]
    keep(vault, *made)
    programme = ask(vault, lambda s, _: programme_id(s))
    keep(vault, *(an_enrolment(one, programme, **values) for one in made))
    return made


def works(
    vault: OpenVault, hundredths: int = 100, coach: Coach | None = None, from_on: dt.date = FROM
) -> None:
    coach_id = coach.id if coach is not None else vault.coach_id
    do(vault, set_coach_time, SetCoachTime(coach_id=coach_id, from_on=from_on, hundredths=hundredths))


def act_as(vault: OpenVault, role: Role) -> None:
    with unit_of_work(vault, by_program=True) as work:
        work.session.get_one(Coach, vault.coach_id).role = role
