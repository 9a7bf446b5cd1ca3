"""Prepare a return: count, plan, protect, attack; nothing is written (disclosure.md 5.5)."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coachdesk.casework.quality import QualityLine, ReturnScope, data_quality
from coachdesk.errors import Refusal
from coachdesk.models import JournalEntry, Organisation, Programme
from coachdesk.returns.breakdowns import Breakdown, breakdowns
from coachdesk.returns.catalogue import catalogue_of, rules_on
from coachdesk.returns.counting import Counting
from coachdesk.returns.custom_breakdowns import custom_breakdowns
from coachdesk.returns.earlier import Past, stored
from coachdesk.returns.explaining_cells import cell_people
from coachdesk.returns.figures import figure_rows, units
from coachdesk.returns.indicators.found import Rules, Scope, present
from coachdesk.returns.issue_inputs import inputs
from coachdesk.returns.lines import Catalogue, Counts, counts
from coachdesk.returns.periods import check_as_at, checked_period
from coachdesk.returns.register import earlier_releases
from coachdesk.returns.rules import rules_of
from coachdesk.returns.safety import Safe, made_safe, rule_of, sentences
from coachdesk.returns.shown import shown_tables
from coachdesk.returns.wishes import PreparedReturn, ReturnWish
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading

PUBLIC = "public"
PUBLIC_THRESHOLD = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Everything a return needs, read in one go so that its numbers belong together."""

    programme: str
    funder: str
    organisation: str
    is_practice: bool
    threshold: int
    position: int
    counts: Counts
    breakdowns: tuple[Breakdown, ...]
    quality: tuple[QualityLine, ...]
    before: Past
    rules: Rules


def prepare(vault: OpenVault, wish: ReturnWish, watch: Watch) -> PreparedReturn:
    """Return the return, counted and protected, but not yet written.

    Raises Refusal for a period or as-at date that cannot be, a programme that is unknown or has no
    threshold, a period in which nobody or too few were supported, and a return that cannot be made safe.
    """
    period = checked_period(wish.from_on, wish.to_on)
    check_as_at(period, wish.as_at, vault.clock.today())
    watch.progress(0.0, "Counting")
    with reading(vault) as session:
        catalogue = catalogue_of(session)
        snapshot = read_snapshot(session, wish, catalogue, vault.vault_id)
    _require_people(snapshot, wish)
    watch.progress(0.35, "Laying out the tables")
    counted = Counting(period=period.key, threshold=snapshot.threshold, breakdowns=snapshot.breakdowns).count(
        snapshot.counts.measures, snapshot.counts.splits, snapshot.counts.headlines
    )
    safe = made_safe(counted, snapshot.before, rule_of(snapshot.threshold), vault.vault_id, watch)
    watch.progress(0.95, "Putting the return together")
    return put_together(wish, snapshot, safe, catalogue, vault.vault_id)


def read_snapshot(session: Session, wish: ReturnWish, catalogue: Catalogue, salt: UUID) -> Snapshot:
    """Return what the return is made of; raises Refusal for a programme that cannot be reported on."""
    programme = _programme(session, wish.programme_key)
    threshold = _threshold(programme, wish.audience)
    scope = Scope(
        programme_id=programme.id,
        period=wish.period,
        as_at=wish.as_at,
        rules=rules_of(programme.definition, rules_on(catalogue, wish.to_on)),
    )
    organisation = session.scalars(select(Organisation).order_by(Organisation.id)).first()
    found = counts(session, scope, catalogue, threshold)
    return Snapshot(
        programme=programme.title,
        funder=programme.funder,
        organisation=organisation.name if organisation else "",
        is_practice=bool(organisation and organisation.is_practice),
        threshold=threshold,
        position=session.scalar(select(func.max(JournalEntry.position))) or 0,
        counts=found,
        breakdowns=(*breakdowns(session, scope), *custom_breakdowns(session, scope)),
        quality=data_quality(session, _quality_scope(wish)),
        before=earlier_releases(session, _everybody(found), salt),
        rules=scope.rules,
    )


def _quality_scope(wish: ReturnWish) -> ReturnScope:
    return ReturnScope(
        programme_key=wish.programme_key, from_on=wish.from_on, to_on=wish.to_on, as_at=wish.as_at
    )


def _everybody(found: Counts) -> frozenset[UUID]:
    return frozenset().union(*(line.found.base_people for line in found.lines))


def _programme(session: Session, key: str) -> Programme:
    programme = session.scalars(
        select(Programme).where(Programme.key == key, *present(Programme))
    ).one_or_none()
    if programme is None:
        known = session.scalars(select(Programme.key).where(*present(Programme)).order_by(Programme.key))
        sentence = (
            f"There is no programme “{key}” in this vault. Known programmes: {', '.join(known) or 'none'}."
        )
        raise Refusal(sentence, fields={"programme_key": sentence})
    return programme


def _threshold(programme: Programme, audience: str) -> int:
    if programme.threshold is None:
        sentence = (
            f"“{programme.title}” has no threshold for small numbers, so a return would not protect anybody. "
            "Set one in Settings, Programmes (5 is usual for a named funder), then prepare the return again."
        )
        raise Refusal(sentence, fields={"programme_key": sentence})
    return max(programme.threshold, PUBLIC_THRESHOLD) if audience == PUBLIC else programme.threshold


def _require_people(snapshot: Snapshot, wish: ReturnWish) -> None:
    """Raise Refusal when there is nobody to count, or so few that any number would point at them."""
    if snapshot.counts.is_empty:
        raise Refusal(
            f"Nobody was referred to or supported by “{snapshot.programme}” from {wish.period.words}, so there "
            "is nothing to return. Check the programme and the period."
        )
    if all(len(measure.people) < snapshot.threshold for measure in snapshot.counts.measures):
        raise Refusal(
            f"Fewer than {snapshot.threshold} people were supported by “{snapshot.programme}” from "
            f"{wish.period.words}: any number would point at somebody, even the total. Choose a longer period."
        )


def put_together(
    wish: ReturnWish, snapshot: Snapshot, safe: Safe, catalogue: Catalogue, salt: UUID
) -> PreparedReturn:
    """Return a protected return as it is shown and issued; a question is put together from its own line only."""
    printed = {each.table.id: each for each in safe.protected}
    lines = snapshot.counts.lines
    return PreparedReturn(
        wish=wish,
        programme=snapshot.programme,
        funder=snapshot.funder,
        organisation=snapshot.organisation,
        threshold=snapshot.threshold,
        journal_position=snapshot.position,
        is_practice=snapshot.is_practice,
        figures=figure_rows(lines, printed, catalogue, wish.to_on),
        quality=snapshot.quality,
        tables=shown_tables(printed, snapshot.breakdowns, units(lines)),
        cost=safe.cost,
        safety=sentences(snapshot.threshold, safe.cost, safe.earlier, safe.given_up),
        is_safe=True,
        release=safe.release,
        counted={
            **stored(safe.counted, safe.protected, salt),
            "definitions": [each.id for each in catalogue],
        },
        finding=safe.finding,
        earlier=safe.earlier,
        cells=cell_people(snapshot.counts, snapshot.breakdowns, safe.counted.tables),
        inputs=inputs(snapshot.rules, catalogue, wish.to_on),
    )
