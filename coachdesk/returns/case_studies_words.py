"""Words of a case study that stand in the client's own record: names, places, employers, dates and ages."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.models import Client, Coach, Employer, Enrolment, Hub, Job, PersonAround
from coachdesk.press.cells import MONTHS
from coachdesk.returns.narratives_check import WORD

_LEAST_LETTERS = 2
_MONTHS = {name[:3].lower(): number for number, name in enumerate(MONTHS, start=1)}
_MONTH = "|".join(MONTHS) + "|" + "|".join(name[:3] for name in MONTHS)
_DAY_FIRST = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({_MONTH})\b(?:,?\s+(\d{{4}}))?", re.IGNORECASE
)
_MONTH_FIRST = re.compile(rf"\b({_MONTH})\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(\d{{4}}))?", re.IGNORECASE)
_IN_NUMBERS = re.compile(r"\b(\d{1,2})[./-](\d{1,2})[./-](\d{4})\b")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_NUMBER = re.compile(r"(?<![\w£.,/-])\d{1,3}(?=-year|\s*years?\b|[^\w%/]|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundWord:
    """A stretch of a text that stands in the client's record, and as what."""

    start: int
    end: int
    words: str
    why: str


def found_words(session: Session, client: Client, text: str, today: dt.date) -> tuple[FoundWord, ...]:
    """Return what of a text stands in a client's own record, in the order of the text, none within another.

    The caller has checked that who asks may see the client.
    """
    found = [
        FoundWord(start=one.start(), end=one.end(), words=one.group(), why=why)
        for why, words in _phrases(session, client)
        for one in _places(words, text)
    ]
    found += _dates(session, client, text)
    found += _ages(session, client, text, today)
    return tuple(_longest(found))


def _longest(found: Iterable[FoundWord]) -> Iterator[FoundWord]:
    """Yield what was found from left to right; of two in the same place the longer."""
    at = 0
    for one in sorted(found, key=_order):
        if one.start >= at:
            at = one.end
            yield one


def _order(one: FoundWord) -> tuple[int, int]:
    return one.start, -one.end


def _places(words: str, text: str) -> Iterator[re.Match[str]]:
    """Yield where words stand as whole words; a single word only with a capital, or “will” would be somebody."""
    pattern = r"\s+".join(re.escape(part) for part in words.split())
    for one in re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE):
        if " " in words or not words.isalpha() or one.group()[0].isupper():
            yield one


def _phrases(session: Session, client: Client) -> Iterator[tuple[str, str]]:
    for why, told in _told(session, client):
        words = " ".join(told.split())
        if len(words) >= _LEAST_LETTERS:
            yield why, words
    names = (client.first_name, client.last_name, client.known_as, client.previous_names)
    around = session.scalars(
        select(PersonAround.name).where(
            PersonAround.client_id == client.id, PersonAround.archived_at.is_(None)
        )
    )
    for why, told in [("a name of the client", one) for one in names] + [
        ("somebody around them", one) for one in around
    ]:
        for word in WORD.findall(told):
            if len(word) >= _LEAST_LETTERS:
                yield why, word


def _told(session: Session, client: Client) -> Iterator[tuple[str, str]]:
    yield "where they live", client.town
    yield "their postcode", client.postcode
    yield "their postcode", client.postcode.replace(" ", "")
    yield "their postcode", client.postcode.split(" ")[0]
    for line in re.split(r"[\n,]", client.address):
        yield "their address", line
    yield from (
        ("their phone", client.phone),
        ("their email", client.email),
        ("their National Insurance number", client.nino),
        ("their reference", client.reference),
    )
    for name, title in session.execute(
        select(Employer.name, Job.title)
        .join(Job, Job.employer_id == Employer.id)
        .where(Job.client_id == client.id)
    ):
        yield "their employer", name
        yield "their job", title
    if client.coach_id is not None:
        yield "their coach", session.scalar(select(Coach.name).where(Coach.id == client.coach_id)) or ""
    if client.hub_id is not None:
        yield "their hub", session.scalar(select(Hub.name).where(Hub.id == client.hub_id)) or ""


def _known_days(session: Session, client: Client) -> dict[dt.date, str]:
    days: dict[dt.date, str] = {}
    for enrolment in session.scalars(select(Enrolment).where(Enrolment.client_id == client.id)):
        for day in (enrolment.received_on, enrolment.accepted_on, enrolment.started_on, enrolment.exit_on):
            if day is not None:
                days[day] = "a day of their support"
    for job in session.scalars(select(Job).where(Job.client_id == client.id)):
        days[job.started_on] = "the day a job began"
        if job.ended_on is not None:
            days[job.ended_on] = "the day a job ended"
    if client.born_from is not None and client.born_from == client.born_to:
        days[client.born_from] = "the day they were born"
    return days


def _dates(session: Session, client: Client, text: str) -> Iterator[FoundWord]:
    known = _known_days(session, client)
    for match, day, month, year in _said_days(text):
        for date, why in known.items():
            if (date.day, date.month) == (day, month) and year in (None, date.year):
                yield FoundWord(start=match.start(), end=match.end(), words=match.group(), why=why)


def _said_days(text: str) -> Iterator[tuple[re.Match[str], int, int, int | None]]:
    """Yield the days a text says, with day, month, and year where it is said."""
    for one in _DAY_FIRST.finditer(text):
        yield one, int(one[1]), _MONTHS[one[2][:3].lower()], int(one[3]) if one[3] else None
    for one in _MONTH_FIRST.finditer(text):
        yield one, int(one[2]), _MONTHS[one[1][:3].lower()], int(one[3]) if one[3] else None
    for one in _IN_NUMBERS.finditer(text):
        yield one, int(one[1]), int(one[2]), int(one[3])
    for one in _ISO.finditer(text):
        yield one, int(one[3]), int(one[2]), int(one[1])


def _ages(session: Session, client: Client, text: str, today: dt.date) -> Iterator[FoundWord]:
    """Yield numbers that are the client's age, today or on a day of their support."""
    if client.born_from is None or client.born_to is None:
        return
    days = {today, *_known_days(session, client)}
    ages = {_years(born, day) for born in (client.born_from, client.born_to) for day in days if day > born}
    for one in _NUMBER.finditer(text):
        if int(one.group()) in ages - {0}:
            yield FoundWord(start=one.start(), end=one.end(), words=one.group(), why="their age")


def _years(born: dt.date, on: dt.date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
