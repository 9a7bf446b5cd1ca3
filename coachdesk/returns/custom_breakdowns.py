"""Questions of our own as headings of a return: counted, protected and attacked like every other heading.

Nobody can know beforehand what a charity will ask, so every answer is taken for one of which a reader must not learn
that a whole group gave it.
"""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.custom_fields import CustomFieldRow, Sort, chosen_keys, custom_fields
from coachdesk.models import CustomAnswer, Enrolment
from coachdesk.returns.breakdowns import Breakdown, Under, clean, dimension_of
from coachdesk.returns.indicators.enrolled import of_programme
from coachdesk.returns.indicators.found import Scope, present

Given = dict[str, set[UUID]]
ONE_ANSWER = "As recorded; the four kinds of no answer stand together as not stated."
SEVERAL_ANSWERS = (
    "As recorded; a person can give several answers and is then counted under each, so the lines add up to more than "
    "the total, which counts everybody once. The four kinds of no answer stand together as not stated."
)


def custom_breakdowns(session: Session, scope: Scope) -> tuple[Breakdown, ...]:
    """Return a breakdown for every question asked on the programme that is to be a heading, in their order."""
    asked = [one for one in custom_fields(session, scope.programme_id) if one.is_breakdown]
    given = _given(session, scope, [one.id for one in asked])
    return tuple(_breakdown(one, given.get(one.id, {})) for one in asked)


def _given(session: Session, scope: Scope, field_ids: Iterable[UUID]) -> dict[UUID, Given]:
    """Return who of the programme gave which answer, by question and key."""
    people = select(Enrolment.client_id).where(*of_programme(scope))
    rows = session.execute(
        select(CustomAnswer.field_id, CustomAnswer.client_id, CustomAnswer.value).where(
            CustomAnswer.field_id.in_(field_ids), CustomAnswer.client_id.in_(people), *present(CustomAnswer)
        )
    )
    found: dict[UUID, Given] = {}
    for field_id, client_id, value in rows:
        for key in chosen_keys(value):
            found.setdefault(field_id, {}).setdefault(key, set()).add(client_id)
    return found


def _breakdown(field: CustomFieldRow, given: Given) -> Breakdown:
    """Return a question's breakdown: the answers offered, and one that is not offered any more where somebody gave it."""
    known = {one.key: clean(one.title) for one in (*field.offered, *field.choices)}
    offered = {one.key: known[one.key] for one in field.offered}
    titles = offered | {key: known.get(key, clean(key)) for key in sorted(given)}
    under: dict[str, set[UUID]] = {}
    for key, people in given.items():
        under.setdefault(titles[key], set()).update(people)
    multi = field.sort is Sort.CHOICES
    return Breakdown(
        dimension=dimension_of(
            f"{field.key.replace('_', '-')}-own",
            field.title.rstrip("? "),
            titles.values(),
            sensitive=titles.values(),
            multi=multi,
        ),
        basis=f"Asked as “{field.title}”. {SEVERAL_ANSWERS if multi else ONE_ANSWER}",
        under=_frozen(under),
        heading="answer",
    )


def _frozen(under: Given) -> Under:
    return {label: frozenset(people) for label, people in under.items()}
