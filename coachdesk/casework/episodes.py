"""Every time a client took part in a programme, with its reasons, pauses and ending, and how often to be in touch."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.eligibility import evidence_asked
from coachdesk.casework.endings import EndingRow, list_endings
from coachdesk.casework.enrolments import EnrolmentRow, list_enrolments
from coachdesk.casework.pauses import PauseRow, list_pauses
from coachdesk.casework.programmes import list_programmes
from coachdesk.casework.rhythm import Rhythm, RhythmQuestion, read_rhythm


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeRow:
    """One enrolment with all that belongs to it."""

    enrolment: EnrolmentRow
    pauses: tuple[PauseRow, ...]
    ending: EndingRow | None
    evidence_asked: str
    """What the programme asks to be seen; empty where the client's word is enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Episodes:
    """A client's enrolments, the newest first; the programmes there are; and the rhythm that holds."""

    client_id: UUID
    rows: tuple[EpisodeRow, ...]
    programmes: tuple[tuple[str, str], ...]
    rhythm: Rhythm | None


def read_episodes(session: Session, question: ClientQuestion) -> Episodes:
    """Return a client's enrolments with all that belongs to them; raises as ``list_enrolments`` does."""
    enrolments = list_enrolments(session, question.client_id)
    pauses = list_pauses(session, question.client_id)
    endings = {one.enrolment_id: one for one in reversed(list_endings(session, question.client_id))}
    asked = {key: evidence_asked(session, key) for key in {one.programme_key for one in enrolments}}
    return Episodes(
        client_id=question.client_id,
        rows=tuple(
            EpisodeRow(
                enrolment=one,
                pauses=tuple(pause for pause in pauses if pause.enrolment_id == one.id),
                ending=endings.get(one.id),
                evidence_asked=asked[one.programme_key],
            )
            for one in enrolments
        ),
        programmes=tuple((one.key, one.title) for one in list_programmes(session, None)),
        rhythm=read_rhythm(session, RhythmQuestion(client_id=question.client_id, today=question.today)),
    )
