"""The vocational profile: what the client says about work, in their own words, built up over time (facts 12.2)."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.record_words import field_words
from coachdesk.errors import Refusal
from coachdesk.models import Client, Enrolment, VocationalProfile
from coachdesk.terms import Kind, Ref
from coachdesk.vault.caseload_rights import check_may_see
from coachdesk.vault.past import past_actions
from coachdesk.vault.work import clock_of, describe

ANSWERS = (
    "hopes", "strengths", "preferred_sector", "preferred_place", "preferred_hours", "preferred_environment",
    "deal_breakers", "past_work", "helped_before", "people_who_know_me", "health_impact", "good_day", "hard_day",
    "benefits_questions",
)  # fmt: skip
"""The parts of a profile in the order they are talked about: hopes first, what is hard later."""
_MOST_ACTIONS = 500
_GONE = "This client is not there any more."
_TOO_EARLY = "A profile cannot be complete before it was begun."


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierWords:
    """What an answer said from a day on, and who wrote it down."""

    on: dt.date
    who: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """One part of a profile: its name and title, the words in force, and the earlier ones, the newest first."""

    name: str
    title: str
    words: str
    written_on: dt.date | None = None
    earlier: tuple[EarlierWords, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileRow:
    """A client's profile; without one begun, its id is None and every answer is open."""

    id: UUID | None
    client_id: UUID
    started_on: dt.date | None
    completed_on: dt.date | None
    answers: tuple[AnswerRow, ...]

    @property
    def said(self) -> int:
        """How many of the answers have words."""
        return sum(1 for answer in self.answers if answer.words)


def answer_titles() -> Mapping[str, str]:
    """Return what each part of a profile is called, by name, in the words of the client."""
    told = field_words(Kind.VOCATIONAL_PROFILE.value)
    assert told is not None  # noqa: S101 - the words file that ships says so, and a test of it too
    return {name: told.fields[name] for name in ANSWERS}


def read_profile(session: Session, question: ClientQuestion) -> ProfileRow:
    """Return a client's profile, with how each answer came to be; open answers are part of it."""
    check_may_see(session, question.client_id)
    titles = answer_titles()
    profile = _profile(session, question.client_id)
    if profile is None:
        answers = tuple(AnswerRow(name=name, title=titles[name], words="") for name in ANSWERS)
        return ProfileRow(
            id=None, client_id=question.client_id, started_on=None, completed_on=None, answers=answers
        )
    past = _past(session, profile)
    return ProfileRow(
        id=profile.id,
        client_id=profile.client_id,
        started_on=profile.started_on,
        completed_on=profile.completed_on,
        answers=tuple(
            _answer(name, titles[name], getattr(profile, name), past.get(name, [])) for name in ANSWERS
        ),
    )


def _answer(name: str, title: str, words: str, past: list[EarlierWords]) -> AnswerRow:
    written_on = past[0].on if past and words else None
    earlier = (
        tuple(one for one in past[1:] if one.words) if words else tuple(one for one in past if one.words)
    )
    return AnswerRow(name=name, title=title, words=words, written_on=written_on, earlier=earlier)


def _profile(session: Session, client_id: UUID) -> VocationalProfile | None:
    query = select(VocationalProfile).where(
        VocationalProfile.client_id == client_id, VocationalProfile.archived_at.is_(None)
    )
    return session.scalars(query).first()


def _past(session: Session, profile: VocationalProfile) -> dict[str, list[EarlierWords]]:
    """Return what each answer said, the newest first, out of the journal."""
    ref = Ref(Kind.VOCATIONAL_PROFILE, profile.id)
    found: dict[str, list[EarlierWords]] = {}
    for action in past_actions(session, profile.client_id, ref=ref, limit=_MOST_ACTIONS):
        for change in reversed(action.changes):
            for name, words in _words(change.after):
                earlier = EarlierWords(on=action.at.date(), who=action.actor, words=words)
                found.setdefault(name, []).append(earlier)
    return found


def _words(after: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name in ANSWERS:
        if name in after:
            yield name, str(after[name])


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteAnswer:
    """The client's words for one part of their profile; empty words take it back to open."""

    client_id: UUID
    name: str
    words: str


def write_answer(session: Session, wish: WriteAnswer) -> None:
    """Write one answer; the first begins the profile, today, in every open enrolment that has none begun.

    Raises Refusal for a client who is gone and for a part that no profile has.
    """
    client = _client(session, wish.client_id)
    titles = answer_titles()
    if wish.name not in titles:
        raise Refusal("This is not part of a vocational profile.")
    profile = _begun(session, client)
    words = wish.words.strip()
    setattr(profile, wish.name, words)
    if words:
        today = clock_of(session).today()
        profile.started_on = profile.started_on or today
        _begin_in_enrolments(session, client.id, today)
    describe(session, f"Wrote down in the profile of {client.initials()}: {titles[wish.name]}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SetProfileDates:
    """When a profile was begun, and since when it is complete; None takes a date away."""

    client_id: UUID
    started_on: dt.date | None
    completed_on: dt.date | None


def set_profile_dates(session: Session, wish: SetProfileDates) -> None:
    """Write the dates; raises Refusal when it would be complete before it was begun.

    A day on which it was begun goes into every open enrolment that has none yet.
    """
    client = _client(session, wish.client_id)
    in_order = wish.started_on is None or wish.completed_on is None or wish.started_on <= wish.completed_on
    if not in_order:
        raise Refusal(_TOO_EARLY, fields={"completed_on": _TOO_EARLY})
    profile = _begun(session, client)
    profile.started_on, profile.completed_on = wish.started_on, wish.completed_on
    if wish.started_on is not None:
        _begin_in_enrolments(session, client.id, wish.started_on)
    describe(session, f"Changed the dates of the profile of {client.initials()}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteProfile:
    """The client finds the profile complete for now; it stays open to every later word."""

    client_id: UUID


def complete_profile(session: Session, wish: CompleteProfile) -> None:
    """Mark a profile complete today; raises Refusal while nothing has been said in it."""
    client = _client(session, wish.client_id)
    profile = _profile(session, client.id)
    if profile is None or not any(getattr(profile, name) for name in ANSWERS):
        raise Refusal("Nothing has been written down yet.")
    today = clock_of(session).today()
    profile.started_on = min(profile.started_on or today, today)
    profile.completed_on = today
    describe(session, f"The profile of {client.initials()} is complete for now")


def _client(session: Session, client_id: UUID) -> Client:
    client = session.get(Client, client_id)
    if client is None:
        raise Refusal(_GONE)
    return client


def _begun(session: Session, client: Client) -> VocationalProfile:
    """Return the client's profile, a new one where there is none; one that was put away comes back."""
    profile = session.scalars(
        select(VocationalProfile).where(VocationalProfile.client_id == client.id)
    ).first()
    if profile is None:
        profile = VocationalProfile(client_id=client.id)
        session.add(profile)
    profile.archived_at = None
    return profile


def _begin_in_enrolments(session: Session, client_id: UUID, on: dt.date) -> None:
    """Write the day into the open enrolments in which no profile was begun; never before support started."""
    query = select(Enrolment).where(
        Enrolment.client_id == client_id,
        Enrolment.archived_at.is_(None),
        Enrolment.exit_on.is_(None),
        Enrolment.profile_started_on.is_(None),
        or_(Enrolment.started_on.is_(None), Enrolment.started_on <= on),
    )
    for enrolment in session.scalars(query):
        enrolment.profile_started_on = on
