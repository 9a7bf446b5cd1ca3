"""The practice world: invented clients with years of history, the same for the same seed, near to today."""

import datetime as dt
import random
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coachdesk.casework.definition import Definition
from coachdesk.casework.furnish import furnish_vault
from coachdesk.casework.practice_beside import beside
from coachdesk.casework.practice_lives import Life
from coachdesk.casework.practice_office import Surroundings
from coachdesk.casework.practice_referrals import referred_on, services
from coachdesk.casework.practice_second import second_support
from coachdesk.casework.practice_words import PracticeWords, practice_words
from coachdesk.casework.programmes import definitions
from coachdesk.errors import Refusal
from coachdesk.models import Client, Coach, Employer, Hub, Organisation, ProfileFigure, Programme
from coachdesk.vault.folding import fold
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading, unit_of_work

Named = TypeVar("Named", Coach, Hub)

AT_A_TIME = 400
"""How many clients go into one action, so that a large world fits into memory."""
SHARES = {"connect-to-work": 0.55, "ips-primary-care": 0.15, "workwell": 0.2, "community-grant": 0.1}
BOTH = ("connect-to-work", "community-grant")
"""Two programmes of different funders that support some of the same clients."""
QUARTERS_PLANNED = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeWish:
    """How many invented clients, from which seed, seen from which day.

    ``contacts_each`` gives every client just so many contacts, for measuring; otherwise as many as life brings.
    """

    today: dt.date
    clients: int = 150
    seed: int = 7
    contacts_each: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A hub of the practice world and what its clients' addresses look like."""

    hub_id: UUID
    town: str
    postcode: str
    local_authority: str


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What the lives of the practice world share."""

    today: dt.date
    words: PracticeWords
    coaches: tuple[UUID, ...]
    places: tuple[Place, ...]
    employers: tuple[UUID, ...]
    programmes: tuple[tuple[UUID, Definition], ...]
    weights: tuple[float, ...]
    both: tuple[UUID, UUID]
    contacts_each: int | None


def make_practice(vault: OpenVault, wish: PracticeWish, watch: Watch) -> int:
    """Fill a practice vault with invented clients and return how many there are.

    Raises Refusal when the vault is not a practice vault or holds clients already, Cancelled when the person
    stopped it: then the folder is made anew.
    """
    with reading(vault) as session:
        _refuse_a_live_vault(session)
    furnish_vault(vault)
    with unit_of_work(vault, label="Made the practice world: hubs, coaches and employers") as work:
        world = _world(work.session, wish, vault.coach_id)
        office = Surroundings(work.session, world, random.Random(f"{wish.seed} office"))  # noqa: S311 -- as below
        work.session.add_all(office.records())
        directory = services(world)
        work.session.add_all(directory)
    chance = random.Random(wish.seed)  # noqa: S311 -- invented lives, not secrets
    for first in range(0, wish.clients, AT_A_TIME):
        last = min(first + AT_A_TIME, wish.clients)
        label = f"Made the practice world: clients {first + 1:,} to {last:,}"
        with unit_of_work(vault, label=label) as work:
            for number in range(first, last):
                watch.progress(number / wish.clients, f"Client {number + 1:,} of {wish.clients:,}")
                life = Life(world, chance, number)
                made = tuple(life.records())
                work.session.add_all(made)
                work.session.add_all(beside(life, made, office, wish.seed, number))
                work.session.add_all(second_support(life, wish.seed, number))
                work.session.add_all(referred_on(life, made, directory, wish.seed, number))
    watch.progress(1.0, "The practice world is ready")
    return wish.clients


def _refuse_a_live_vault(session: Session) -> None:
    organisation = session.scalars(select(Organisation)).first()
    if organisation is None or not organisation.is_practice:
        raise Refusal("Invented clients only go into a practice vault. Make one, and fill that.")
    if session.scalar(select(func.count()).select_from(Client)):
        raise Refusal("This practice world has its clients already. Start a new one to begin again.")


def _world(session: Session, wish: PracticeWish, own: UUID | None) -> World:
    words = practice_words()
    started_on = wish.today - dt.timedelta(days=1200)
    coaches = _named(session, Coach, [Coach(name=name, started_on=started_on) for name in words.coaches])
    hubs = _named(
        session, Hub, [Hub(name=one.name, local_authority=one.local_authority) for one in words.hubs]
    )
    kinds = ("private", "private", "public", "vcse")
    employers = [
        Employer(name=name, folded=fold(name), sort=kinds[number % len(kinds)], is_anchor=number % 5 == 0)
        for number, name in enumerate(words.employers)
    ]
    session.add_all(employers)
    known = definitions(session)
    programmes = [
        one for one in session.scalars(select(Programme).order_by(Programme.key)) if one.key in SHARES
    ]
    session.add_all(_figures(programmes, wish))
    places = tuple(
        Place(hub_id=hub.id, town=one.town, postcode=one.postcode, local_authority=one.local_authority)
        for hub, one in zip(hubs, words.hubs, strict=True)
    )
    by_key = {one.key: one.id for one in programmes}
    return World(
        today=wish.today,
        words=words,
        coaches=(*([own] if own else []), *(coach.id for coach in coaches)),
        places=places,
        employers=tuple(employer.id for employer in employers),
        programmes=tuple((one.id, known[one.id]) for one in programmes),
        weights=tuple(SHARES[one.key] for one in programmes),
        both=(by_key[BOTH[0]], by_key[BOTH[1]]),
        contacts_each=wish.contacts_each,
    )


def _named(session: Session, record: type[Named], wanted: list[Named]) -> list[Named]:
    """Return hubs or coaches by name: those the vault has already, and the others added."""
    have = {one.name: one for one in session.scalars(select(record))}
    session.add_all(one for one in wanted if one.name not in have)
    return [have.get(one.name, one) for one in wanted]


def _figures(programmes: list[Programme], wish: PracticeWish) -> list[ProfileFigure]:
    """Return what each programme planned to start, quarter by quarter, for the last two years."""
    first = dt.date(wish.today.year, (wish.today.month - 1) // 3 * 3 + 1, 1)
    figures = []
    for _ in range(QUARTERS_PLANNED):
        following = (first + dt.timedelta(days=100)).replace(day=1)
        for programme in programmes:
            planned = max(1, round(wish.clients * SHARES[programme.key] / QUARTERS_PLANNED))
            figures.append(
                ProfileFigure(
                    programme_id=programme.id,
                    measure="starts",
                    from_on=first,
                    to_on=following - dt.timedelta(days=1),
                    figure=planned,
                    source_note="Invented for the practice world",
                )
            )
        first = (first - dt.timedelta(days=80)).replace(day=1)
    return figures
