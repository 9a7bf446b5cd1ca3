"""What a programme's funder accepts as evidence of a start: ships blank, for no paper we found says so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.codes import titles_of
from coachdesk.errors import Refusal
from coachdesk.models import Programme
from coachdesk.terms import UNSTATED_WORDS
from coachdesk.vault.caseload_rights import check_is_manager
from coachdesk.vault.work import describe

_PART = "evidence"
_STARTS = ("job_start", "four_hours")


def start_evidence(programme: Programme) -> dict[str, tuple[str, ...]]:
    """Return the kinds of evidence that count, of the start of a job and of the first four paid hours."""
    told = programme.definition.get(_PART)
    told = told if isinstance(told, Mapping) else {}
    return {name: tuple(map(str, told.get(name, ()))) for name in _STARTS}


@dataclass(frozen=True, slots=True, kw_only=True)
class SetStartEvidence:
    """What an agreement with a funder says is accepted; none where it says nothing."""

    key: str
    job_start: Iterable[str] = ()
    four_hours: Iterable[str] = ()


def set_start_evidence(session: Session, wish: SetStartEvidence) -> None:
    """Keep what is accepted with the programme.

    Raises Refusal for anybody but a manager, and for a kind of evidence or a programme there is none of.
    """
    check_is_manager(session)
    programme = session.scalar(select(Programme).where(Programme.key == wish.key))
    if programme is None:
        raise Refusal("This programme is not there any more.")
    told = {"job_start": tuple(wish.job_start), "four_hours": tuple(wish.four_hours)}
    kinds = titles_of(session, _PART)[_PART].keys() - UNSTATED_WORDS.keys()
    for name, chosen in told.items():
        if not kinds.issuperset(chosen):
            raise Refusal(
                "Choose from the list.", fields={name: "One of these is not in the list of evidence."}
            )
    kept = {name: list(chosen) for name, chosen in told.items() if chosen}
    others = {name: value for name, value in programme.definition.items() if name != _PART}
    programme.definition = {**others, **({_PART: kept} if kept else {})}
    describe(session, f"Changed the evidence of a start for {programme.title}")
