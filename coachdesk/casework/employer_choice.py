"""Which employer somebody means by the name they type: two may have one name, and one may have been joined with another."""

from collections import Counter
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.models import Employer
from coachdesk.terms import Unstated
from coachdesk.vault.folding import fold

_MOST = 20


def find_employers(session: Session, typed: str) -> tuple[str, ...]:
    """Return what employers that begin with the words are called, for completion: "Bay Bakery, Kendal" where two share a name.

    An employer that was joined with another is found under its old name too, and called as the one that stays.
    """
    begun = _standing(session, Employer.folded.startswith(fold(typed), autoescape=True))
    called = _called(session, begun)
    return tuple(sorted(set(called.values()), key=fold)[:_MOST])


def employer_label(session: Session, employer_id: UUID) -> str:
    """Return what an employer is called where it can be chosen; nothing when it is not there any more."""
    employer = _stays(session, session.get(Employer, employer_id))
    return "" if employer is None else _called(session, [employer])[employer.id]


def chosen_employer(session: Session, typed: str) -> Employer | None:
    """Return the employer that is meant by its name, or by its name and town; None for one that is new.

    Raises Refusal where two employers have this name and nothing says which.
    """
    found = _standing(session, Employer.folded == fold(typed))
    if not found and ", " in typed:
        name, town = typed.rsplit(", ", 1)
        alike = _standing(session, Employer.folded == fold(name))
        found = [one for one in alike if fold(one.town) == fold(town)]
    towns = {fold(one.town): one.town or "no town written down" for one in found}
    if len(towns) > 1:
        sentence = f"There are two employers of this name: {'; '.join(sorted(towns.values()))}."
        raise Refusal(sentence, fields={"employer_name": f"{sentence} Choose one from the list."})
    return found[0] if found else None


def employer_for(session: Session, typed: str, *, town: str, size_band: str, sort: str) -> UUID:
    """Return the id of the employer that is meant, written down now where it is new; raises Refusal without a name."""
    name = typed.strip()
    if not name:
        raise Refusal("Who is the employer?", fields={"employer_name": "Type the employer’s name."})
    employer = chosen_employer(session, name)
    if employer is None:
        employer = Employer(
            name=name, folded=fold(name), town=town.strip(), size_band=size_band or Unstated.NOT_ASKED
        )
        employer.sort = sort or Unstated.NOT_ASKED
        session.add(employer)
    return employer.id


def _standing(session: Session, condition: object) -> list[Employer]:
    """Return the employers that meet a condition, the oldest first; one that was joined counts as the one that stays."""
    query = select(Employer).where(
        condition,  # type: ignore[arg-type]  # a condition of SQL, whatever its exact kind
        or_(Employer.archived_at.is_(None), Employer.joined_with_id.is_not(None)),
    )
    stay = (_stays(session, one) for one in session.scalars(query.order_by(Employer.id)))
    return list({one.id: one for one in stay if one is not None}.values())


def _stays(session: Session, employer: Employer | None) -> Employer | None:
    passed: set[UUID] = set()
    while employer is not None and employer.archived_at is not None:
        passed.add(employer.id)
        joined = employer.joined_with_id
        employer = session.get(Employer, joined) if joined is not None and joined not in passed else None
    return employer


def _called(session: Session, employers: list[Employer]) -> dict[UUID, str]:
    names = {one.folded for one in employers}
    query = select(Employer.folded).where(Employer.folded.in_(names), Employer.archived_at.is_(None))
    count = Counter(session.scalars(query))
    return {
        one.id: f"{one.name}, {one.town}" if count[one.folded] > 1 and one.town else one.name
        for one in employers
    }
