"""What was typed about taking part in a programme, as the wishes casework takes."""

import datetime as dt
from typing import Any
from uuid import UUID

from coachdesk.casework.eligibility import OTHER, DeclareEligibility
from coachdesk.casework.endings import ChangeEnding, EndSupport, RecordAnswer
from coachdesk.casework.enrolments import Enrol, EnrolmentRow, SaveEnrolment
from coachdesk.casework.episodes import EpisodeRow
from coachdesk.casework.pauses import BeginPause, EndPause
from coachdesk.casework.rhythm import AgreeRhythm
from coachdesk.terms import Unstated
from coachdesk.ui.code_book import CodeBook

Values = dict[str, Any]
_CODED = frozenset({"source", "route", "stage"})


def _code(value: str | None) -> str:
    return value or str(Unstated.NOT_ASKED)


def begin(client_id: UUID, values: Values) -> Enrol:
    """Return the wish to enrol somebody, for the first time or again."""
    return Enrol(
        client_id=client_id,
        programme_key=values["programme_key"],
        received_on=values["received_on"],
        accepted_on=values["accepted_on"],
        started_on=values["started_on"],
        source=_code(values["source"]),
        referrer=values["referrer"],
        route=_code(values["route"]),
        reasons=tuple(values["reasons"]),
    )


def change(enrolment_id: UUID, values: Values) -> SaveEnrolment:
    """Return the wish to change an enrolment: an unanswered code is "not asked"."""
    told = {name: _code(value) if name in _CODED else value for name, value in values.items()}
    return SaveEnrolment(enrolment_id=enrolment_id, values=told)


def other_words(enrolment: EnrolmentRow) -> str:
    """Return how the client called the reason that no list has."""
    if OTHER not in enrolment.declared:
        return ""
    return enrolment.eligibility[enrolment.declared.index(OTHER)]


def reasons(enrolment_id: UUID, values: Values) -> DeclareEligibility:
    """Return the wish to make these the reasons in force."""
    return DeclareEligibility(
        enrolment_id=enrolment_id,
        reasons=tuple(values["reasons"]),
        other_words=values["other_words"],
        evidence=values.get("evidence", ""),
    )


def pause(enrolment_id: UUID, codes: CodeBook, values: Values) -> BeginPause:
    """Return the wish to pause; the reason is kept in words, those of the list and those typed."""
    chosen = codes.title("pause_reason", values["reason"]) if values["reason"] else ""
    typed = values["words"].strip()
    return BeginPause(
        enrolment_id=enrolment_id,
        from_on=values["from_on"],
        to_on=values["to_on"],
        reason=": ".join(part for part in (chosen, typed) if part),
    )


def last_day_of_pause(episode: EpisodeRow, pause_id: UUID, today: dt.date) -> dt.date:
    """Return the likeliest last day: yesterday, or the first day of a pause that began today."""
    yesterday = today - dt.timedelta(days=1)
    first = next((one.from_on for one in episode.pauses if one.id == pause_id), yesterday)
    return max(first, yesterday)


def end_of_pause(pause_id: UUID, values: Values) -> EndPause:
    """Return the wish to go on."""
    return EndPause(pause_id=pause_id, to_on=values["to_on"])


def end(enrolment_id: UUID, values: Values) -> EndSupport:
    """Return the wish to end support."""
    return EndSupport(
        enrolment_id=enrolment_id,
        exit_on=values["exit_on"],
        exit_reason=_code(values["exit_reason"]),
        destination=values["destination"],
        what_stands=values["what_stands"],
        may_ask_later=_code(values["may_ask_later"]),
        ask_on=values["ask_on"],
    )


def change_ending(ending_id: UUID, values: Values) -> ChangeEnding:
    """Return the wish to tell an ending in other words."""
    return ChangeEnding(
        ending_id=ending_id,
        what_stands=values["what_stands"],
        may_ask_later=_code(values["may_ask_later"]),
        ask_on=values["ask_on"],
    )


def answer(ending_id: UUID, values: Values) -> RecordAnswer:
    """Return the wish to write down what was said when we asked."""
    return RecordAnswer(
        ending_id=ending_id,
        asked_on=values["asked_on"],
        answer=values["answer"],
        ask_again_on=values["ask_again_on"],
    )


def rhythm(client_id: UUID, values: Values) -> AgreeRhythm:
    """Return the wish to agree a rhythm."""
    return AgreeRhythm(
        client_id=client_id,
        every_days=values["every_days"],
        agreed_on=values["agreed_on"],
        reason=values["reason"],
    )
