"""Prepare a return: count, plan, protect, attack; nothing is written (disclosure.md 5.5)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coachdesk.casework.quality import QualityLine, ReturnScope, data_quality
from coachdesk.errors import Refusal
from coachdesk.models import JournalEntry, Organisation, Programme
from coachdesk.returns.breakdowns import Breakdown, breakdowns
from coachdesk.returns.catalogue import catalogue_of, rules_on
from coachdesk.returns.choice import HEADLINES_ONLY, ProtectionChoice, checked_choice
from coachdesk.returns.counting import Counted, Counting
from coachdesk.returns.custom_breakdowns import custom_breakdowns
from coachdesk.returns.earlier import Past, stored
from coachdesk.returns.explaining_cells import cell_people
from coachdesk.returns.figures import figure_rows, units
from coachdesk.returns.indicators.found import Rules, Scope, present
from coachdesk.returns.issue_inputs import inputs
from coachdesk.returns.layouts import EVERYTHING, Layout, indicator_of, layout_of
from coachdesk.returns.lines import Catalogue, Counts, counts
from coachdesk.returns.manual_figures import ManualRow, manual_figure_rows, manual_figures, manual_headlines
from coachdesk.returns.periods import check_as_at, checked_period
from coachdesk.returns.register import earlier_releases
from coachdesk.returns.retreat import Retreat, narrowed
from coachdesk.returns.revised import last_issued, require_reason, takes_in_issued
from coachdesk.returns.rounded import largest_distortion
from coachdesk.returns.rules import rules_of
from coachdesk.returns.safety import Safe, made_safe, rule_of, said_of
from coachdesk.returns.shown import shown_tables
from coachdesk.returns.summary_trend import earlier_figures
from coachdesk.returns.wishes import EarlierFigures, PreparedReturn, ReturnWish
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.room_to_count import room_to_count
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading

PUBLIC = "public"
PUBLIC_THRESHOLD = 10
REVISED = "This is a revised return: it takes the place of the one issued before for the same period."


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
    earlier_figures: tuple[EarlierFigures, ...] = ()
    rules: Rules
    cumulative: bool = False
    """Whether a shorter period within this one was issued."""
    issued: Mapping[str, Any] | None = None
    """The counts of the newest return for just this period."""
    layout: Layout = EVERYTHING
    manual: tuple[ManualRow, ...] = ()


def prepare(vault: OpenVault, wish: ReturnWish, watch: Watch) -> PreparedReturn:
    """Return the return, counted and protected, but not yet written.

    Raises Refusal for a period or as-at date that cannot be, a programme that is unknown or has no
    threshold, a period in which nobody or too few were supported, and a return that cannot be made safe.
    """
    snapshot, catalogue = snapshot_for(vault, wish, watch)
    watch.progress(0.35, "Laying out the tables")
    counted = counted_for(wish, snapshot)
    require_reason(counted, snapshot.issued, wish.reason)
    chosen = as_chosen(counted, wish.choice, cumulative=snapshot.cumulative)
    safe = made_safe(
        chosen,
        snapshot.before,
        rule_of(snapshot.threshold),
        vault.vault_id,
        watch,
        seconds=wish.choice.seconds,
        method=wish.choice.method,
    )
    watch.progress(0.95, "Putting the return together")
    return put_together(wish, snapshot, safe, catalogue, vault.vault_id)


def snapshot_for(vault: OpenVault, wish: ReturnWish, watch: Watch) -> tuple[Snapshot, Catalogue]:
    """Return what the return is made of, with the definitions it was counted by.

    Raises Refusal for what cannot be returned at all, whatever the protection.
    """
    period = checked_period(wish.from_on, wish.to_on)
    check_as_at(period, wish.as_at, vault.clock.today())
    watch.progress(0.0, "Counting")
    with reading(vault) as session, room_to_count(session):
        catalogue = catalogue_of(session)
        snapshot = read_snapshot(session, wish, catalogue, vault.vault_id)
    _require_people(snapshot, wish)
    return _laid_out(snapshot), catalogue


def _laid_out(snapshot: Snapshot) -> Snapshot:
    """Return only what the programme's return was laid out to hold."""
    layout = snapshot.layout
    return replace(
        snapshot, counts=layout.kept(snapshot.counts), breakdowns=layout.headings(snapshot.breakdowns)
    )


def counted_for(wish: ReturnWish, snapshot: Snapshot) -> Counted:
    """Return every table that the number of people carries."""
    counting = Counting(
        period=wish.period.key,
        threshold=snapshot.threshold,
        breakdowns=snapshot.breakdowns,
        crossed=snapshot.layout.crossed,
    )
    found = snapshot.counts
    typed = manual_headlines(snapshot.manual)
    return counting.count(found.measures, found.splits, (*found.headlines, *typed))


def as_chosen(counted: Counted, choice: ProtectionChoice, *, cumulative: bool) -> Counted:
    """Return the tables that were chosen: some left out or in wider bands, or headline figures alone."""
    if cumulative and choice.cumulative == HEADLINES_ONLY:
        return narrowed(counted, Retreat(out=frozenset(table.id for table in counted.tables if table.dims)))
    return narrowed(counted, Retreat(out=frozenset(choice.left_out), wide=frozenset(choice.wide)))


def read_snapshot(session: Session, wish: ReturnWish, catalogue: Catalogue, salt: UUID) -> Snapshot:
    """Return what the return is made of; raises Refusal for a programme that cannot be reported on."""
    basis = basis_of(session, wish, catalogue)
    programme, threshold, scope = basis.programme, basis.threshold, basis.scope
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
        breakdowns=every_breakdown(session, scope),
        quality=data_quality(session, _quality_scope(wish)),
        before=earlier_releases(session, _everybody(found), salt, programme.id),
        earlier_figures=earlier_figures(session, programme.id, wish.period),
        rules=scope.rules,
        cumulative=takes_in_issued(session, programme.id, wish.period),
        issued=last_issued(session, programme.id, wish.period),
        layout=layout_of(session, programme.id),
        manual=manual_figures(session, programme.id, wish.period),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """On what a return rests: the programme, from how many people a number is printed, and what is counted."""

    programme: Programme
    threshold: int
    scope: Scope


def basis_of(session: Session, wish: ReturnWish, catalogue: Catalogue) -> Basis:
    """Return on what a return rests; raises Refusal for a programme that cannot be reported on."""
    programme = _programme(session, wish.programme_key)
    return Basis(
        programme=programme,
        threshold=_threshold(programme, wish),
        scope=Scope(
            programme_id=programme.id,
            period=wish.period,
            as_at=wish.as_at,
            rules=rules_of(programme.definition, rules_on(catalogue, wish.to_on)),
        ),
    )


def every_breakdown(session: Session, scope: Scope) -> tuple[Breakdown, ...]:
    """Return every way of dividing the programme's people, the charity's own questions last."""
    return (*breakdowns(session, scope), *custom_breakdowns(session, scope))


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


def _threshold(programme: Programme, wish: ReturnWish) -> int:
    """Return from how many people a number is printed: the programme's, the public's or the one chosen above them."""
    if programme.threshold is None:
        sentence = (
            f"“{programme.title}” has no threshold for small numbers, so a return would not protect anybody. "
            "Set one in Settings, Programmes (5 is usual for a named funder), then prepare the return again."
        )
        raise Refusal(sentence, fields={"programme_key": sentence})
    public = PUBLIC_THRESHOLD if wish.audience == PUBLIC else programme.threshold
    least = max(programme.threshold, public)
    return checked_choice(wish.choice, least).threshold or least


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
        figures=(
            *figure_rows(lines, printed, catalogue, wish.to_on),
            *manual_figure_rows(snapshot.manual, printed),
        ),
        quality=snapshot.quality,
        tables=shown_tables(printed, snapshot.breakdowns, units(lines)),
        cost=safe.cost,
        safety=(
            *said_of(safe, snapshot.threshold),
            *((REVISED,) if snapshot.issued is not None and wish.reason.strip() else ()),
        ),
        is_safe=True,
        release=safe.release,
        counted={
            **stored(safe.counted, safe.protected, salt),
            "definitions": list(dict.fromkeys(indicator_of(line) for line in lines)),
        },
        finding=safe.finding,
        earlier=safe.earlier,
        protection={
            **wish.choice.plain(),
            "threshold": snapshot.threshold,
            "gap": safe.gap,
            "largest_distortion": largest_distortion(safe.protected),
            "tables": [each.table.id for each in safe.protected],
            "given_up": {"left_out": sorted(safe.retreat.out), "wide": sorted(safe.retreat.wide)},
        },
        earlier_figures=snapshot.earlier_figures,
        cells=cell_people(snapshot.counts, snapshot.breakdowns, safe.counted.tables),
        inputs=inputs(snapshot.rules, catalogue, wish.to_on),
    )
