"""Two employers that look alike and are two: somebody looked, and nobody is asked again.

Kept as a setting of this laptop, in the manner of clients who are two people; the journal tells that somebody looked.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.casework.employers import GONE
from coachdesk.errors import Refusal
from coachdesk.models import TEAM, Employer
from coachdesk.terms import Kind, Ref, Role
from coachdesk.vault.caseload_rights import AUDITOR_CHANGES_NOTHING, TRUSTEE_KEEPS_KEYS, acting_role
from coachdesk.vault.settings import keep_setting, read_setting
from coachdesk.vault.work import record_event

_TWO_EMPLOYERS = "two employers"
_CHANGE_NOTHING = {Role.AUDITOR: AUDITOR_CHANGES_NOTHING, Role.TRUSTEE: TRUSTEE_KEEPS_KEYS}


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepEmployersApart:
    """Two employers that look alike and are two."""

    one_id: UUID
    other_id: UUID


def keep_employers_apart(session: Session, wish: KeepEmployersApart) -> None:
    """Note that two employers are two, so that they are not shown as likely one again.

    Raises Refusal for an auditor and a trustee, and for an employer that is gone.
    """
    _note(session, wish, "found to be two employers")
    _keep(session, known_apart(session) | {both(wish.one_id, wish.other_id)})


def ask_employers_again(session: Session, wish: KeepEmployersApart) -> None:
    """Take back that two employers are two: they are shown as likely one again. Raises Refusal as the noting of it."""
    _note(session, wish, "perhaps one employer after all")
    _keep(session, known_apart(session) - {both(wish.one_id, wish.other_id)})


def known_apart(session: Session) -> frozenset[str]:
    """Return the pairs that were found to be two, each as ``both`` writes it."""
    return frozenset((read_setting(session, _TWO_EMPLOYERS) or {}).get("pairs", ()))


def both(one: UUID, other: UUID) -> str:
    """Return a pair as it is kept, whichever of the two is named first.

    >>> both(UUID(int=2), UUID(int=1)) == both(UUID(int=1), UUID(int=2))
    True
    """
    return " ".join(sorted((one.hex, other.hex)))


def _note(session: Session, wish: KeepEmployersApart, event: str) -> None:
    role = acting_role(session)
    if role in _CHANGE_NOTHING:
        raise Refusal(_CHANGE_NOTHING[role])
    for employer_id in (wish.one_id, wish.other_id):
        one = session.get(Employer, employer_id)
        if one is None or one.archived_at is not None:
            raise Refusal(GONE)
        record_event(session, event, TEAM, Ref(Kind.EMPLOYER, employer_id))


def _keep(session: Session, pairs: frozenset[str]) -> None:
    keep_setting(session, _TWO_EMPLOYERS, {"pairs": sorted(pairs)})
