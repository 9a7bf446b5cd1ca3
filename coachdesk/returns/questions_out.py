"""The answer to a question, as it may leave: planned, protected and attacked like a return, and entered in the register.

What is chosen besides (only one hub, for example) becomes a second heading: the whole table is protected together with
its margins, so that the part that was asked for cannot be set against a return that prints the rest.
"""

from collections.abc import Sequence
from dataclasses import replace

from coachdesk.errors import Refusal
from coachdesk.returns.breakdowns import Breakdown
from coachdesk.returns.catalogue import catalogue_of
from coachdesk.returns.counting import Counted, Counting, Measure
from coachdesk.returns.figures import Line
from coachdesk.returns.lines import Catalogue, Counts
from coachdesk.returns.planner import COARSE_FROM, FINE_INNER, ONE_WAY_FROM, TWO_WAY_FROM
from coachdesk.returns.prepare import Snapshot, put_together, read_snapshot
from coachdesk.returns.questions import QuestionWish, check_question
from coachdesk.returns.questions_ground import COACH
from coachdesk.returns.safety import Safe, made_safe, rule_of
from coachdesk.returns.tables import Protected, in_a_sentence
from coachdesk.returns.wishes import PreparedReturn, ReturnWish
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.room_to_count import room_to_count
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading

MOST_DIMENSIONS = 2
STAYS_COACH = "A table by coach tells about your colleagues, so it stays inside the vault."
STAYS_THREE = "A table of three headings is nearly all small numbers, so it stays inside the vault. Take one heading away."
STAYS_MEASURE = (
    "This is not divided in any return, so nobody can say how it lies to what was issued: it stays inside the vault. "
    "Ask for starts, referrals, people supported or another of the measures that returns divide."
)


def prepared_question(vault: OpenVault, wish: QuestionWish, watch: Watch) -> PreparedReturn:
    """Return the answer as it may leave; nothing is written yet.

    Raises Refusal for what stays inside the vault (coaches, three headings, a measure no return divides), for so few
    people that the table cannot carry them, and for an answer that cannot be made safe beside what was issued.
    """
    check_question(wish)
    names = _headings(wish)
    asked = ReturnWish(
        programme_key=wish.programme_key,
        from_on=wish.from_on,
        to_on=wish.to_on,
        as_at=wish.as_at or vault.clock.today(),
    )
    watch.progress(0.0, "Counting")
    with reading(vault) as session, room_to_count(session):
        catalogue = catalogue_of(session)
        snapshot = read_snapshot(session, asked, catalogue, vault.vault_id)
    line, measure = _asked(snapshot, wish.measure)
    chosen = _chosen(snapshot, names)
    counted = _counted(asked.period.key, snapshot.threshold, measure, chosen)
    _require_carried(counted, measure, chosen, snapshot.threshold)
    watch.progress(0.35, "Protecting the table")
    safe = made_safe(counted, snapshot.before, rule_of(snapshot.threshold), vault.vault_id, watch)
    if _headings_printed(safe.protected) < len(chosen):
        raise Refusal(
            "Beside what was issued earlier this table would tell too much, so it stays inside the vault. Ask for a "
            "longer period or another heading."
        )
    watch.progress(0.95, "Putting the answer together")
    return _prepared(asked, (line, measure), chosen, snapshot, safe, catalogue, vault)


def _headings(wish: QuestionWish) -> tuple[str, ...]:
    names = (*wish.by, *(one.heading for one in wish.which))
    if COACH in names:
        raise Refusal(STAYS_COACH, fields={"by": STAYS_COACH})
    if len(names) > MOST_DIMENSIONS:
        raise Refusal(STAYS_THREE, fields={"by": STAYS_THREE})
    return names


def _asked(snapshot: Snapshot, key: str) -> tuple[Line, Measure]:
    line = next((one for one in snapshot.counts.lines if one.found.id == key), None)
    measure = next((one for one in snapshot.counts.measures if one.id == key), None)
    if line is None or measure is None:
        raise Refusal(STAYS_MEASURE, fields={"measure": STAYS_MEASURE})
    return line, measure


def _chosen(snapshot: Snapshot, names: Sequence[str]) -> tuple[Breakdown, ...]:
    known = {one.name: one for one in snapshot.breakdowns}
    if not known.keys() >= set(names):
        sentence = "This heading is not there any more. Choose another one."
        raise Refusal(sentence, fields={"by": sentence})
    return tuple(known[name] for name in names)


def _counted(period: str, threshold: int, measure: Measure, chosen: tuple[Breakdown, ...]) -> Counted:
    names = tuple(one.name for one in chosen)
    crossed = ((names[0], names[1]),) if len(names) == MOST_DIMENSIONS else ()
    counting = Counting(period=period, threshold=threshold, breakdowns=chosen, crossed=crossed)
    return counting.count((measure,), ())


def _require_carried(
    counted: Counted, measure: Measure, chosen: tuple[Breakdown, ...], threshold: int
) -> None:
    """Raise Refusal where the people are too few for the table (disclosure.md 5.2)."""
    people = len(measure.people)
    if people < threshold:
        raise Refusal(
            f"Fewer than {threshold} people are counted: any number would point at somebody, even the total. Ask for a "
            "longer period."
        )
    if max((len(table.dims) for table in counted.tables), default=0) >= len(chosen):
        return
    if len(chosen) == 1:
        least = COARSE_FROM if chosen[0].coarse is not None or chosen[0].may_be_small else ONE_WAY_FROM
        needs = f"{least} people"
    else:
        cells = len(chosen[0].dimension.labels) * len(chosen[1].dimension.labels)
        needs = f"{max(TWO_WAY_FROM, FINE_INNER * cells):,} people"
    names = " and ".join(in_a_sentence(one.dimension.title) for one in chosen)
    raise Refusal(
        f"{people:,} people cannot carry a table by {names}: nearly every number would have to be withheld. It would "
        f"need {needs}. Ask for a longer period or for fewer headings; inside the vault you see every number."
    )


def _headings_printed(protected: Sequence[Protected]) -> int:
    """Return how many headings the finest printed table has: protection leaves out what it cannot make safe."""
    return max((len(one.table.dims) for one in protected), default=0)


def _title(measure: Measure, chosen: tuple[Breakdown, ...]) -> str:
    names = " and ".join(in_a_sentence(one.dimension.title) for one in chosen)
    return f"{measure.title} by {names}" if names else measure.title


def _prepared(
    wish: ReturnWish,
    asked: tuple[Line, Measure],
    chosen: tuple[Breakdown, ...],
    snapshot: Snapshot,
    safe: Safe,
    catalogue: Catalogue,
    vault: OpenVault,
) -> PreparedReturn:
    """Return the answer as a return of one line."""
    line, measure = asked
    only = Counts(lines=(line,), measures=(measure,), headlines=(), splits=())
    own = replace(snapshot, counts=only, quality=())
    return replace(put_together(wish, own, safe, catalogue, vault.vault_id), question=_title(measure, chosen))
