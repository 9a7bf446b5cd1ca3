"""Invented services, wards, and clients who were referred on: some have been there, some wait, some were declined."""

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from coachdesk.casework.practice_office import around
from coachdesk.models import Client, Consent, OnwardReferral, Record, Service, Sharing
from coachdesk.vault.folding import fold

if TYPE_CHECKING:
    from coachdesk.casework.practice import World
    from coachdesk.casework.practice_lives import Life

PURPOSE = "share_service"
SHARE, WARD_KNOWN = 0.5, 0.8
SETTLED_DAYS = 25
"""After so many days nobody of the practice world still waits for an answer."""
CONFIRMED_AGO = (20, 90, 150, 240, None)


def _days(number: int) -> dt.timedelta:
    return dt.timedelta(days=number)


def services(world: "World") -> tuple[Service, ...]:
    """Return the directory of the practice world; of some entries nobody has made sure for long."""
    return tuple(
        Service(
            name=name,
            folded=fold(name),
            sort=sort,
            purpose=purpose,
            how_to_refer="Ring, or send the form by post",
            waiting_time=waiting,
            phone=f"01632 960{100 + number}",
            area=world.places[number % len(world.places)].town,
            is_free="yes",
            confirmed_on=_confirmed(world.today, CONFIRMED_AGO[number % len(CONFIRMED_AGO)]),
            confirmed_by=world.words.coaches[0] if CONFIRMED_AGO[number % len(CONFIRMED_AGO)] else "",
        )
        for number, (name, sort, purpose, waiting) in enumerate(around()["services"])
    )


def _confirmed(today: dt.date, ago: int | None) -> dt.date | None:
    return None if ago is None else today - _days(ago)


def referred_on(
    life: "Life", made: Sequence[Record], directory: Sequence[Service], seed: int, number: int
) -> Iterator[Record]:
    """Give the referrals on of a life, and the client a ward, always the same for the same seed and number."""
    chance = random.Random(f"{seed} onward {number}")  # noqa: S311 -- invented lives, not secrets
    client = next(one for one in made if isinstance(one, Client))
    if chance.random() < WARD_KNOWN:
        client.ward = chance.choice(around()["wards"])
    if life.started_on is None or chance.random() >= SHARE:
        return
    consent = Consent(client_id=client.id, purpose=PURPOSE, how_given="spoken", given_on=life.started_on)
    yield consent
    for service in chance.sample(list(directory), chance.choice((1, 1, 2))):
        made_on = life.started_on + _days(chance.randint(0, max((life.until - life.started_on).days, 0)))
        yield from _referral(life, service, consent, made_on, chance)


def _referral(
    life: "Life", service: Service, consent: Consent, made_on: dt.date, chance: random.Random
) -> Iterator[Record]:
    sharing = Sharing(
        client_id=life.client_id,
        shared_on=made_on,
        sort="referral",
        purpose=PURPOSE,
        recipient=service.name,
        what="Referred on. It tells: That they take part.",
        coach_id=life.coach_id,
        consent_id=consent.id,
    )
    yield sharing
    referral = OnwardReferral(
        client_id=life.client_id,
        service_id=service.id,
        made_on=made_on,
        reason=chance.choice(around()["hopes_of_services"]),
        coach_id=life.coach_id,
        sharing_id=sharing.id,
    )
    _settle(referral, life.today, chance)
    yield referral


def _settle(referral: OnwardReferral, today: dt.date, chance: random.Random) -> None:
    """Write down what came of a referral by today; a fresh one may still wait."""
    answered = referral.made_on + _days(chance.randint(2, 20))
    is_old = (today - referral.made_on).days > SETTLED_DAYS
    answer = chance.choice(("accepted", "accepted", "accepted", "declined", "no_reply"))
    if answered > today or (not is_old and chance.random() < 1 / 3):
        return
    referral.answer, referral.answered_on = answer, answered
    first = answered + _days(chance.randint(3, 21))
    ended = first + _days(chance.randint(30, 120))
    if answer != "accepted":
        referral.outcome = "not_taken" if answer == "declined" else "not_asked"
        referral.ended_on = answered
    elif first <= today and chance.random() < 3 / 4:
        referral.first_attended_on = first
        if ended <= today:
            referral.ended_on, referral.outcome = ended, chance.choice(("got_help", "some_help", "stopped"))
    elif is_old:
        referral.ended_on, referral.outcome = min(today, answered + _days(30)), "did_not_go"
