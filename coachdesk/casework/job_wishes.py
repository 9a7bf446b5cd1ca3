"""What a client wants of a job: what would be good, what must be, what will not do; in their own words too."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.codes import titles_of
from coachdesk.casework.pay import minutes_of, money, pence_of
from coachdesk.casework.profile import answer_titles
from coachdesk.casework.ranges import hours_between
from coachdesk.casework.vacancies import plain_sector
from coachdesk.errors import Refusal
from coachdesk.models import Client, JobWish, VocationalProfile
from coachdesk.vault.caseload_rights import check_may_see
from coachdesk.vault.work import clock_of, describe

HOURS, PAY, TOWNS, SECTORS = "hours", "pay", "towns", "sectors"
LIKE, NEED, NEVER = "like", "need", "never"
STRENGTHS = (NEED, NEVER, LIKE)
"""In the order in which they are said: what decides comes first."""
TRAITS, SECTOR_LIST = "job_trait", "sector"
_PREFERENCES = (
    *("preferred_sector", "preferred_place", "preferred_hours"),
    *("preferred_environment", "deal_breakers", "health_impact"),
)
"""The parts of the vocational profile that say what a job should be like."""
_LEADS = {NEED: "Must have", NEVER: "Will not do", LIKE: "Would like"}
_MOST_PLACES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class WishRow:
    """One wish; ``title`` says what it is about ("Nights", "16 to 20 hours a week")."""

    id: UUID
    trait: str
    strength: str
    title: str
    least: int | None
    most: int | None
    among: tuple[str, ...]
    own_words: str

    @property
    def lead(self) -> str:
        """How much it matters, in words: "Must have"."""
        return _LEADS[self.strength]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """All wishes of a client, what decides first; the sentences they make, and what the profile says beside them."""

    rows: tuple[WishRow, ...]
    sentences: tuple[str, ...]
    own_words: str
    preferences: tuple[tuple[str, str], ...]

    def of(self, trait: str) -> WishRow | None:
        """Return the wish about a trait, or None."""
        return next((row for row in self.rows if row.trait == trait), None)


def read_wishes(session: Session, question: ClientQuestion) -> Wishes:
    """Return what a client wants of a job; raises Refusal as check_may_see does."""
    check_may_see(session, question.client_id)
    rows = wishes_of(session, [question.client_id]).get(question.client_id, ())
    words = next((row.own_words for row in rows if row.own_words), "")
    return Wishes(
        rows=rows,
        sentences=sentences_of(rows),
        own_words=words,
        preferences=_preferences(session, question.client_id),
    )


def wishes_of(session: Session, clients: list[UUID]) -> dict[UUID, tuple[WishRow, ...]]:
    """Return the wishes of some clients, each client's in the order in which they are said; asks in one query."""
    titles = titles_of(session, TRAITS, SECTOR_LIST)
    query = select(JobWish).where(JobWish.client_id.in_(clients), JobWish.archived_at.is_(None))
    found: dict[UUID, list[WishRow]] = {}
    for wish in session.scalars(query.order_by(JobWish.id)):
        found.setdefault(wish.client_id, []).append(_row(wish, titles))
    order = list(titles[TRAITS])
    return {client: tuple(sorted(rows, key=lambda row: _place(row, order))) for client, rows in found.items()}


def _place(row: WishRow, order: list[str]) -> tuple[int, int, str]:
    measured = (HOURS, PAY, TOWNS, SECTORS, *order)
    place = measured.index(row.trait) if row.trait in measured else len(measured)
    return STRENGTHS.index(row.strength), place, row.trait


def _row(wish: JobWish, titles: Mapping[str, Mapping[str, str]]) -> WishRow:
    among = tuple(str(one) for one in wish.among)
    said = {
        HOURS: lambda: hours_between(wish.least, wish.most),
        PAY: lambda: f"{money(wish.least or 0)} an hour or more",
        TOWNS: lambda: " or ".join(among),
        SECTORS: lambda: " or ".join(plain_sector(key, titles[SECTOR_LIST].get(key, key)) for key in among),
    }
    title = said[wish.trait]() if wish.trait in said else titles[TRAITS].get(wish.trait, wish.trait)
    return WishRow(
        id=wish.id,
        trait=wish.trait,
        strength=wish.strength,
        title=title,
        least=wish.least,
        most=wish.most,
        among=among,
        own_words=wish.own_words,
    )


def sentences_of(rows: tuple[WishRow, ...]) -> tuple[str, ...]:
    """Return the wishes as one sentence for each way in which they matter: "Must have: mornings; step-free."."""
    told = []
    for strength in STRENGTHS:
        titles = [_inside(row.title) for row in rows if row.strength == strength]
        if titles:
            told.append(f"{_LEADS[strength]}: {'; '.join(titles)}.")
    return tuple(told)


def _inside(title: str) -> str:
    """Return a title as it stands within a sentence: a small letter first, but for names and shortened words."""
    is_name = title[1:2].isupper() or " or " in title
    return title if is_name else title[:1].lower() + title[1:]


def _preferences(session: Session, client_id: UUID) -> tuple[tuple[str, str], ...]:
    query = select(VocationalProfile).where(
        VocationalProfile.client_id == client_id, VocationalProfile.archived_at.is_(None)
    )
    profile = session.scalars(query).first()
    titles = answer_titles()
    said = [(titles[name], getattr(profile, name)) for name in _PREFERENCES] if profile is not None else []
    return tuple((title, words) for title, words in said if words)


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveWishes:
    """All that a client wants of a job, as it was filled in; what is left out does not matter to them.

    ``traits``: the key of a trait to like, need or never. The four measured wishes have a strength of their own.
    """

    client_id: UUID
    least_hours: str = ""
    most_hours: str = ""
    hours_strength: str = NEED
    least_pay: str = ""
    pay_strength: str = NEED
    towns: str = ""
    towns_strength: str = LIKE
    sectors: tuple[str, ...] = ()
    sectors_strength: str = LIKE
    traits: Mapping[str, str] = field(default_factory=dict)
    own_words: str = ""


@dataclass(frozen=True, slots=True)
class _Wanted:
    strength: str
    least: int | None = None
    most: int | None = None
    among: tuple[str, ...] = ()


def save_wishes(session: Session, wish: SaveWishes) -> None:
    """Write what a client wants of a job; wishes that are gone are put away, one that stays keeps its history.

    Raises Refusal for figures that cannot be understood, for hours the wrong way round, and for words alone.
    """
    client = session.get(Client, wish.client_id)
    if client is None:
        raise Refusal("This client is not there any more.")
    wanted = _wanted(wish)
    if wish.own_words.strip() and not wanted:
        sentence = "Choose at least one thing these words are about."
        raise Refusal(sentence, fields={"own_words": sentence})
    held = {one.trait: one for one in session.scalars(select(JobWish).where(JobWish.client_id == client.id))}
    now = clock_of(session).now()
    for trait, one in held.items():
        if trait not in wanted and one.archived_at is None:
            one.archived_at, one.own_words = now, ""
    for trait, said in wanted.items():
        one = held.get(trait) or JobWish(client_id=client.id, trait=trait)
        one.strength, one.least, one.most = said.strength, said.least, said.most
        one.among, one.archived_at = list(said.among), None
        one.own_words = wish.own_words.strip() if trait == next(iter(wanted)) else ""
        session.add(one)
    describe(session, f"Wrote down what {client.initials()} wants of a job")


def _wanted(wish: SaveWishes) -> dict[str, _Wanted]:
    found: dict[str, _Wanted] = {}
    least = minutes_of(wish.least_hours, "least_hours")
    most = minutes_of(wish.most_hours, "most_hours")
    if least is not None and most is not None and most < least:
        sentence = "This is less than the first figure."
        raise Refusal("The second figure is the higher one.", fields={"most_hours": sentence})
    if least is not None or most is not None:
        found[HOURS] = _Wanted(wish.hours_strength, least, most)
    pay = pence_of(wish.least_pay, "least_pay")
    if pay is not None:
        found[PAY] = _Wanted(wish.pay_strength, pay)
    if towns := places_in(wish.towns):
        found[TOWNS] = _Wanted(wish.towns_strength, among=towns)
    if wish.sectors:
        found[SECTORS] = _Wanted(wish.sectors_strength, among=wish.sectors)
    found.update((trait, _Wanted(strength)) for trait, strength in sorted(wish.traits.items()))
    for one in found.values():
        if one.strength not in STRENGTHS:
            raise Refusal("Choose how much it matters: would like, must have or will not do.")
    return found


def places_in(typed: str) -> tuple[str, ...]:
    """Return the places in a line of text, each once, at most twelve.

    >>> places_in("Barrow, Ulverston;  barrow and Kendal")
    ('Barrow', 'Ulverston', 'Kendal')
    """
    rough = typed.replace(";", ",").replace("\n", ",").replace(" and ", ",").replace(" or ", ",")
    found: dict[str, str] = {}
    for part in rough.split(","):
        place = " ".join(part.split())
        if place:
            found.setdefault(place.casefold(), place)
    return tuple(found.values())[:_MOST_PLACES]
