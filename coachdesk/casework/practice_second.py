"""Invented clients whom a second funder supports too: their returns count some of the same people."""

import datetime as dt
import random
from collections.abc import Iterator
from typing import TYPE_CHECKING

from coachdesk.models import Eligibility, Enrolment, Record

if TYPE_CHECKING:
    from coachdesk.casework.practice_lives import Life

SHARE = 0.4
"""How many of those on the first funder's programme the second one supports as well."""
REASONS = ("mental_health", "carer", "long_term_physical_health_condition")


def second_support(life: "Life", seed: int, number: int) -> Iterator[Record]:
    """Give the enrolment with the second funder, always the same for the same seed and number."""
    chance = random.Random(f"{seed} second {number}")  # noqa: S311 -- invented lives, not secrets
    first, second = life.world.both
    if life.started_on is None or life.programme_id != first or chance.random() >= SHARE:
        return
    started = life.not_yet(life.started_on + dt.timedelta(days=chance.randint(7, 60)))
    if started is None or started > life.until:
        return
    enrolment = Enrolment(
        client_id=life.client_id,
        programme_id=second,
        received_on=life.started_on,
        accepted_on=started,
        source="self",
        route=life.route,
        started_on=started,
        profile_started_on=started,
        stage="job_finding",
        coach_id=life.coach_id,
        hub_id=life.place.hub_id,
        exit_on=life.exit_on,
        exit_reason="moved_provision" if life.exit_on else "not_asked",
    )
    yield enrolment
    yield Eligibility(client_id=life.client_id, enrolment_id=enrolment.id, reason=chance.choice(REASONS))
