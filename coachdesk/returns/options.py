"""Ways of protecting one return, each with what it costs, before one is chosen."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.programmes import programme_of
from coachdesk.errors import Refusal
from coachdesk.models import ReturnLayout
from coachdesk.returns.choice import AS_USUAL, ROUND, WITHHOLD, ProtectionChoice, read_choice
from coachdesk.returns.counting import Counted
from coachdesk.returns.prepare import Snapshot, as_chosen, counted_for, snapshot_for
from coachdesk.returns.rounded import largest_distortion
from coachdesk.returns.safety import Safe, made_safe, rule_of
from coachdesk.returns.wishes import ReturnWish
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import describe

CHOSEN, ROUNDED, WIDE, ONE_WAY, TOTALS = "chosen", "rounded", "wide", "one-way", "totals"


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionCost:
    """One way of protecting a return, and what it takes from the reader.

    ``gap`` is how much less could at most be withheld: 0 is the proof that nothing less would do, None says that
    nobody looked. ``refused`` says why it cannot be had; then the numbers are 0.
    """

    key: str
    title: str
    choice: ProtectionChoice
    tables: int = 0
    cells: int = 0
    hidden: int = 0
    hidden_share: float = 0.0
    margins_hidden: int = 0
    largest_distortion: int = 0
    gap: float | None = None
    given_up: tuple[str, ...] = ()
    refused: str = ""


def compare(vault: OpenVault, wish: ReturnWish, watch: Watch) -> tuple[OptionCost, ...]:
    """Return the ways of protecting a return beside each other, each protected and attacked as it would be issued.

    Raises Refusal for a return that cannot be made at all, and Cancelled.
    """
    snapshot, _ = snapshot_for(vault, wish, watch)
    counted = counted_for(wish, snapshot)
    options = tuple(_options(counted, wish.choice))
    seconds = wish.choice.seconds / len(options)
    found = []
    for number, (key, title, choice) in enumerate(options):
        watch.progress(number / len(options), title)
        tables = as_chosen(counted, choice, cumulative=snapshot.cumulative)
        found.append(_cost(OptionCost(key=key, title=title, choice=choice), tables, snapshot, vault, seconds))
        watch.check()
    return tuple(found)


def _options(counted: Counted, chosen: ProtectionChoice) -> Iterator[tuple[str, str, ProtectionChoice]]:
    """Give what can be chosen for these tables, the present choice first."""
    yield CHOSEN, "Withhold small numbers", replace(chosen, method=WITHHOLD)
    yield ROUNDED, "Round every number", replace(chosen, method=ROUND)
    left = as_chosen(counted, chosen, cumulative=False)
    wide = tuple(table.id for table in left.tables if table.id in left.wider)
    if wide:
        yield WIDE, "Wider bands", replace(chosen, method=WITHHOLD, wide=(*chosen.wide, *wide))
    crossed = tuple(table.id for table in left.tables if len(table.dims) > 1)
    if crossed:
        without = (*chosen.left_out, *crossed)
        yield ONE_WAY, "No two-way tables", replace(chosen, method=WITHHOLD, left_out=without)
    divided = tuple(table.id for table in counted.tables if table.dims)
    if divided:
        yield TOTALS, "Totals only", replace(chosen, method=WITHHOLD, wide=(), left_out=divided)


def _cost(
    option: OptionCost, counted: Counted, snapshot: Snapshot, vault: OpenVault, seconds: float
) -> OptionCost:
    try:
        safe: Safe = made_safe(
            counted,
            snapshot.before,
            rule_of(snapshot.threshold),
            vault.vault_id,
            Watch.silent(),
            seconds=seconds,
            method=option.choice.method,
        )
    except Refusal as refusal:
        return replace(option, refused=refusal.message)
    return replace(
        option,
        tables=len(safe.protected),
        cells=safe.cost.cells,
        hidden=safe.cost.hidden,
        hidden_share=safe.cost.hidden_share,
        margins_hidden=safe.cost.margins_hidden,
        largest_distortion=largest_distortion(safe.protected),
        gap=safe.gap,
        given_up=safe.given_up,
    )


def last_choice(session: Session, programme_key: str) -> ProtectionChoice:
    """Return how a programme's returns were protected last; as usual where nobody chose."""
    programme = programme_of(session, programme_key)
    told = session.scalar(
        select(ReturnLayout.protection).where(
            ReturnLayout.programme_id == programme.id, ReturnLayout.archived_at.is_(None)
        )
    )
    return read_choice(told) if told else AS_USUAL


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepChoice:
    """Keep how a programme's returns are protected, for the next time."""

    programme_key: str
    choice: ProtectionChoice


def keep_choice(session: Session, wish: KeepChoice) -> None:
    """Write the choice beside the programme's lay-out; a lay-out that is not there yet is as the programme says."""
    programme = programme_of(session, wish.programme_key)
    kept = session.scalar(select(ReturnLayout).where(ReturnLayout.programme_id == programme.id))
    if kept is None:
        period = programme.definition.get("period", {})
        kept = ReturnLayout(
            programme_id=programme.id,
            every=str(period.get("kind", "quarter")).replace("-", "_"),
            first_month=int(period.get("first_month", 4)),
        )
        session.add(kept)
    kept.archived_at = None
    kept.protection = wish.choice.plain()
    describe(session, f"Chose how returns of {programme.title} are protected")
