"""Case studies: a client's story told without giving the client away.

Written with the client's permission, shown to the client, gone through with the motivated intruder's questions, and
reviewed by somebody other than the writer. The permission is asked for each time: a story whose permission was taken
back is withdrawn from that day on, whoever recorded it.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.codes import code_title
from coachdesk.casework.consents import consents_of, is_in_force
from coachdesk.casework.listed import hers, not_erased
from coachdesk.errors import Refusal
from coachdesk.models import CaseStudy, Client, Consent, Programme, Release
from coachdesk.press.cells import date_words
from coachdesk.returns.case_studies_questions import ANSWERS, THERE, intruder_questions
from coachdesk.returns.case_studies_words import FoundWord, found_words
from coachdesk.returns.narratives import word_count
from coachdesk.returns.periods import Period
from coachdesk.vault.caseload_rights import check_may_see
from coachdesk.vault.work import actor, clock_of, describe

PURPOSE = "photo_story"
"""The purpose of the permission for telling somebody's story (resources/codes/consent.toml)."""
GONE = "This case study is not there any more."
ANSWERED, PACKS, LEFT = "answers", "packs", "left"
"""What is kept beside a case study: the answers, the packs it stood in, and to whom it went by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStudyRow:
    """A case study, what was found in its text, what it still lacks, and where it stood."""

    id: UUID
    client_id: UUID
    client: str
    programme_id: UUID
    programme: str
    from_on: dt.date | None
    to_on: dt.date | None
    title: str
    text: str
    written_by: str
    seen_by_client_on: dt.date | None
    reviewed_by: str
    reviewed_on: dt.date | None
    answers: Mapping[str, str]
    found: tuple[FoundWord, ...]
    withdrawn: str
    lacks: tuple[str, ...]
    stood_in: tuple[str, ...]

    @property
    def words(self) -> int:
        """How many words it has."""
        return word_count(self.text)

    @property
    def may_leave(self) -> bool:
        """Whether it may be printed into a pack or go out by itself."""
        return not self.lacks and not self.withdrawn


def list_case_studies(session: Session, _question: None) -> tuple[CaseStudyRow, ...]:
    """Return the case studies of the clients whom who asks may see in a list, the newest first."""
    query = (
        select(CaseStudy, Client, Programme.title)
        .join(Client, Client.id == CaseStudy.client_id)
        .join(Programme, Programme.id == CaseStudy.programme_id)
        .where(CaseStudy.archived_at.is_(None), not_erased(), *hers(session))
        .order_by(CaseStudy.id.desc())
    )
    packs = _packs(session)
    return tuple(
        _row(session, study, client, programme, packs) for study, client, programme in session.execute(query)
    )


def _packs(session: Session) -> dict[str, str]:
    query = select(Release, Programme.title).join(Programme, Programme.id == Release.programme_id)
    return {
        release.id.hex: f"{title}, {Period(release.from_on, release.to_on).words}, issued "
        f"{date_words(release.issued_at.date())}"
        for release, title in session.execute(query)
    }


def _row(
    session: Session, study: CaseStudy, client: Client, programme: str, packs: Mapping[str, str]
) -> CaseStudyRow:
    today = clock_of(session).today()
    told = study.intruder
    stood = [packs[one] for one in told.get(PACKS, ()) if one in packs]
    stood += [f"{one['to']}, {date_words(dt.date.fromisoformat(one['on']))}" for one in told.get(LEFT, ())]
    return CaseStudyRow(
        id=study.id,
        client_id=client.id,
        client=client.called(),
        programme_id=study.programme_id,
        programme=programme,
        from_on=study.from_on,
        to_on=study.to_on,
        title=study.title,
        text=study.text,
        written_by=study.written_by,
        seen_by_client_on=study.seen_by_client_on,
        reviewed_by=study.reviewed_by,
        reviewed_on=study.reviewed_on,
        answers=dict(told.get(ANSWERED, {})),
        found=found_words(session, client, f"{study.title}\n{study.text}", today),
        withdrawn=withdrawn_words(session, study, today),
        lacks=tuple(lacking(study, today)),
        stood_in=tuple(stood),
    )


def permission_in_force(session: Session, client_id: UUID, today: dt.date) -> Consent | None:
    """Return the newest permission of a client for telling their story, to whomever, if one is in force."""
    held = consents_of(session, client_id)
    return next((one for one in held if one.purpose == PURPOSE and is_in_force(one, today)), None)


def withdrawn_words(session: Session, study: CaseStudy, today: dt.date) -> str:
    """Return since when and why a case study may be used no more; empty while it may."""
    if study.withdrawn_on is not None:
        return f"Withdrawn on {date_words(study.withdrawn_on)}."
    if permission_in_force(session, study.client_id, today) is not None:
        return ""
    consent = session.get(Consent, study.consent_id) if study.consent_id else None
    if consent is not None and consent.withdrawn_on is not None and consent.withdrawn_on <= today:
        return f"Withdrawn: the client took the permission back on {date_words(consent.withdrawn_on)}."
    return "Withdrawn: the permission is no longer in force."


def lacking(study: CaseStudy, today: dt.date) -> Iterator[str]:
    """Yield what a case study lacks before it may leave, besides a permission."""
    answers: Mapping[str, str] = study.intruder.get(ANSWERED, {})
    questions = intruder_questions()
    open_ones = sum(one.key not in answers for one in questions)
    if open_ones:
        yield f"{open_ones} of {len(questions)} questions of the checklist are not answered."
    there = [one.title for one in questions if answers.get(one.key) == THERE]
    if there:
        yield f"Still in the text: {', '.join(there)}."
    if study.seen_by_client_on is None or study.seen_by_client_on > today:
        yield "The client has not seen it."
    if not study.reviewed_by or study.reviewed_on is None:
        yield "Nobody but the writer has reviewed it."


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveCaseStudy:
    """Write a case study, or change the one with this id; the period is that of the return it is meant for."""

    client_id: UUID
    programme_id: UUID
    title: str
    text: str
    from_on: dt.date | None = None
    to_on: dt.date | None = None
    id: UUID | None = None


def save_case_study(session: Session, wish: SaveCaseStudy) -> UUID:
    """Keep a case study; return its id.

    Another text or title has to be shown to the client and reviewed again. Raises Refusal without a title, without a
    permission in force (saying where one is recorded), and for a period that ends before it begins; ReasonNeeded for
    a colleague's client.
    """
    check_may_see(session, wish.client_id)
    client = session.get(Client, wish.client_id)
    if client is None:
        raise Refusal("This client is not there any more.")
    consent = _required(session, client)
    _check_whole(wish)
    study = _held(session, wish.id) if wish.id else _new(session, wish)
    said = (wish.title.strip(), wish.text.strip())
    if said != (study.title, study.text):
        study.seen_by_client_on = study.reviewed_on = None
        study.reviewed_by, study.written_by = "", actor(session)
    study.title, study.text = said
    study.programme_id, study.from_on, study.to_on = wish.programme_id, wish.from_on, wish.to_on
    study.consent_id = consent.id
    describe(session, f"Wrote a case study of {client.initials()}")
    return study.id


def _new(session: Session, wish: SaveCaseStudy) -> CaseStudy:
    study = CaseStudy(
        client_id=wish.client_id, programme_id=wish.programme_id, intruder={}, title="", text=""
    )
    session.add(study)
    return study


def _required(session: Session, client: Client) -> Consent:
    consent = permission_in_force(session, client.id, clock_of(session).today())
    if consent is None:
        what = code_title(session, "consent_purpose", PURPOSE)
        raise Refusal(
            f"No permission for “{what}” is in force. Ask the client; then record it in their record, under Details, "
            "Permissions, Give a permission. Then write the case study."
        )
    return consent


def _check_whole(wish: SaveCaseStudy) -> None:
    wrong = {}
    if not wish.title.strip():
        wrong["title"] = "Give it a title that says nothing of who it is."
    if (wish.from_on is None) != (wish.to_on is None):
        wrong["to_on"] = "Give both days of the return it is meant for, or none."
    elif wish.from_on is not None and wish.to_on is not None and wish.to_on < wish.from_on:
        wrong["to_on"] = "It ends before it begins."
    if wrong:
        raise Refusal("Please look at the marked values.", fields=wrong)


def _held(session: Session, study_id: UUID) -> CaseStudy:
    study = session.get(CaseStudy, study_id)
    if study is None:
        raise Refusal(GONE)
    check_may_see(session, study.client_id)
    return study


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerIntruder:
    """Answers to the motivated intruder's questions, by key."""

    id: UUID
    answers: Mapping[str, str]


def answer_intruder(session: Session, wish: AnswerIntruder) -> None:
    """Keep answers; raises Refusal for a question or an answer that does not exist."""
    study = _held(session, wish.id)
    known = {one.key for one in intruder_questions()}
    if not set(wish.answers) <= known or not set(wish.answers.values()) <= set(ANSWERS):
        raise Refusal("Choose one of the answers.")
    _keep(study, ANSWERED, {**study.intruder.get(ANSWERED, {}), **wish.answers})
    _describe(session, study, "Answered the checklist of a case study of {initials}")


def _keep(study: CaseStudy, name: str, value: Any) -> None:
    study.intruder = {**study.intruder, name: value}


def _describe(session: Session, study: CaseStudy, words: str) -> None:
    client = session.get_one(Client, study.client_id)
    describe(session, words.format(initials=client.initials()))


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenByClient:
    """The client was shown the text as it is, on a day."""

    id: UUID
    on: dt.date


def seen_by_client(session: Session, wish: SeenByClient) -> None:
    """Record that the client has seen the text; raises Refusal for a day to come."""
    study = _held(session, wish.id)
    if wish.on > clock_of(session).today():
        raise Refusal("It is recorded once it was shown.", fields={"on": "This is later than today."})
    study.seen_by_client_on = wish.on
    _describe(session, study, "Showed a case study to {initials}")


def review_case_study(session: Session, study_id: UUID) -> None:
    """Record that who acts has reviewed a case study today.

    Raises Refusal for its writer, without a permission in force, and while the checklist is not done.
    """
    study = _held(session, study_id)
    if study.written_by == actor(session):
        raise Refusal("You wrote this. Ask somebody else to review it: four eyes see more than two.")
    _required(session, session.get_one(Client, study.client_id))
    today = clock_of(session).today()
    study.reviewed_by, study.reviewed_on = actor(session), today
    still = list(lacking(study, today))
    if any("checklist" in one or "Still in" in one for one in still):
        raise Refusal(" ".join(one for one in still if "client" not in one))
    _describe(session, study, "Reviewed a case study of {initials}")


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawCaseStudy:
    """Use a case study no more, or use it again."""

    id: UUID
    again: bool = False


def withdraw_case_study(session: Session, wish: WithdrawCaseStudy) -> None:
    """Withdraw a case study or take that back; raises Refusal when it is gone."""
    study = _held(session, wish.id)
    study.withdrawn_on = None if wish.again else clock_of(session).today()
    _describe(session, study, "Withdrew a case study of {initials}")


def ready_study(session: Session, study_id: UUID) -> CaseStudy:
    """Return a case study that may leave; raises Refusal that says what it lacks."""
    study = _held(session, study_id)
    today = clock_of(session).today()
    why = [one for one in (withdrawn_words(session, study, today), *lacking(study, today)) if one]
    if why:
        raise Refusal(f"This case study may not leave yet. {' '.join(why)}")
    return study


def studies_for(session: Session, programme_id: UUID, period: Period) -> tuple[CaseStudy, ...]:
    """Return the case studies meant for the return of a period that may leave today, in the order they were begun."""
    today = clock_of(session).today()
    query = (
        select(CaseStudy)
        .where(
            CaseStudy.programme_id == programme_id,
            CaseStudy.from_on == period.from_on,
            CaseStudy.to_on == period.to_on,
            CaseStudy.archived_at.is_(None),
        )
        .order_by(CaseStudy.id)
    )
    return tuple(
        study
        for study in session.scalars(query)
        if not withdrawn_words(session, study, today) and not any(lacking(study, today))
    )


def note_pack(study: CaseStudy, release_id: UUID) -> None:
    """Keep that a case study stands in an issued pack."""
    _keep(study, PACKS, [*study.intruder.get(PACKS, ()), release_id.hex])


def note_left(study: CaseStudy, recipient: str, on: dt.date) -> None:
    """Keep that a case study went out by itself."""
    _keep(study, LEFT, [*study.intruder.get(LEFT, ()), {"to": recipient, "on": on.isoformat()}])
