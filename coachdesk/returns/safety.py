"""Protect, write as a reader would see it, attack, and refuse what is not safe (disclosure.md 5.5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from coachdesk.errors import Refusal
from coachdesk.returns.choice import ROUND, WITHHOLD, Method
from coachdesk.returns.counting import Counted
from coachdesk.returns.earlier import Past, ties
from coachdesk.returns.retreat import NOTHING, Retreat, Unsafe, narrowed, next_retreat, put_back, said
from coachdesk.returns.rounded import as_before, base_for, require_one_method, rounded_sentences
from coachdesk.returns.tables import Cost, CountTable, Protected, Relation, Rule
from coachdesk.vault.watch import Watch

if TYPE_CHECKING:
    from coachdesk.returns.attack.findings import Findings, Violation
    from coachdesk.returns.protection import Protection, Rounded

RULE_VERSIONS = {WITHHOLD: "withhold-1", ROUND: "round-1"}
"""What the register says of how a return was protected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Safe:
    """A protected return: what is printed, its public form, what it cost and what the attack found.

    ``retreat`` is what was given up beside earlier returns, and ``given_up`` says so in sentences.
    ``gap`` is how much less could at most be withheld, as a share of it: 0 is proof, None was not looked at.
    """

    counted: Counted
    protected: tuple[Protected, ...]
    release: Mapping[str, Any]
    cost: Cost
    finding: Mapping[str, Any]
    earlier: int
    retreat: Retreat = NOTHING
    given_up: tuple[str, ...] = ()
    gap: float | None = None


def made_safe(
    counted: Counted,
    before: Past,
    rule: Rule,
    salt: UUID,
    watch: Watch,
    *,
    seconds: float = 0,
    method: Method = WITHHOLD,
) -> Safe:
    """Return the return as it may be issued.

    Where everything together cannot be protected beside what was issued earlier, as little as possible is left
    out, step by step. Once a safe answer is there, a pattern that withholds less is looked for in so many
    ``seconds``; it counts only if the attack finds nothing in it either. Raises Refusal when not even headline
    figures are safe: there is no way to issue an unsafe return.
    """
    require_one_method(before, rounds=method == ROUND)
    found: dict[Retreat, Safe] = {}

    def attempt(retreat: Retreat, within: float = 0) -> Refusal | None:
        try:
            found[retreat] = _tried(narrowed(counted, retreat), before, rule, salt, watch, (method, within))
        except Refusal as refusal:
            return refusal
        return None

    retreat, taken = NOTHING, 0
    while (refusal := attempt(retreat)) is not None:
        following = next_retreat(counted, retreat, refusal, taken)
        if following is None:
            raise refusal
        retreat, taken = following, taken + 1
    least = put_back(retreat, counted, attempt)
    if seconds > 0:
        attempt(least, seconds)
    return replace(found[least], retreat=least, given_up=said(counted, least))


def _tried(
    counted: Counted, before: Past, rule: Rule, salt: UUID, watch: Watch, way: tuple[Method, float]
) -> Safe:
    """Return the return protected and attacked; raises Refusal."""
    from coachdesk.returns.protection import protect, render_release, round_to  # noqa: PLC0415  brings the solver along

    across = ties(counted, before, salt, rule.threshold)
    tables: tuple[CountTable, ...] = (*counted.tables, *before.tables)
    relations: tuple[Relation, ...] = (*counted.relations, *before.relations, *across)
    method, seconds = way
    done: Protection | Rounded
    if method == ROUND:
        base = base_for(rule.threshold)
        done = round_to(tables, relations, rule, base=base, frozen=before.frozen)
    else:
        done = protect(
            tables,
            relations,
            rule,
            frozen=before.frozen,
            progress=lambda fraction, words: watch.progress(0.4 + 0.4 * fraction, words),
            seconds=seconds,
        )
    ours = done.tables[: len(counted.tables)]
    earlier = as_before(done.tables[len(counted.tables) :], before)
    watch.progress(0.8, "Attacking the return as a stranger would")
    release = render_release(ours, counted.relations, rule)
    together = render_release((*ours, *earlier), relations, rule)
    told = _before(earlier, before, rule)
    finding = examined(release, together, told, no_zero_hidden=_no_zero_hidden(done.tables))
    return Safe(
        counted=counted,
        protected=ours,
        release=release,
        cost=cost_of(ours),
        finding=finding,
        earlier=before.releases,
        gap=done.gap,
    )


def _before(protected: Sequence[Protected], before: Past, rule: Rule) -> Mapping[str, Any] | None:
    from coachdesk.returns.protection import render_release  # noqa: PLC0415  brings the solver along

    return render_release(protected, before.relations, rule) if protected else None


def cost_of(protected: Sequence[Protected]) -> Cost:
    """Return what protection took from the tables of one pack."""
    costs = [each.cost for each in protected]
    return Cost(
        cells=sum(cost.cells for cost in costs),
        hidden=sum(cost.hidden for cost in costs),
        margins_hidden=sum(cost.margins_hidden for cost in costs),
        zeros_hidden=sum(cost.zeros_hidden for cost in costs),
    )


def _no_zero_hidden(protected: Sequence[Protected]) -> bool:
    return not any(each.cost.zeros_hidden for each in protected)


def examined(
    release: Mapping[str, Any],
    together: Mapping[str, Any],
    already: Mapping[str, Any] | None,
    *,
    no_zero_hidden: bool,
) -> dict[str, Any]:
    """Return what the attack found, as data for the register.

    The pack is attacked alone and together with the earlier ones; and, where no zero is withheld, also by
    the reader who guesses that no mark hides a zero. Raises Refusal when any of them learns anything that
    earlier returns have not already told.
    """
    from coachdesk.returns.attack import attack  # noqa: PLC0415  brings the solver along

    readers = ["suppressible", "worst"] if no_zero_hidden else ["suppressible"]
    narrowest: list[int] = []
    for zeros in readers:
        known = _violations(attack(already, zeros=zeros)) if already is not None else set()
        for form in (release, together):
            found = attack(form, zeros=zeros)
            _require_safe(found, known)
            if found.narrowest is not None:
                narrowest.append(found.narrowest)
    return {"verdict": "safe", "readers": readers, "narrowest": min(narrowest, default=None)}


def _violations(found: "Findings") -> set["Violation"]:
    return set(found.violations)


def _require_safe(found: "Findings", known: set["Violation"]) -> None:
    fresh = [violation for violation in found.violations if violation not in known]
    if found.verdict in {"safe", "unsafe"} and not fresh:
        return
    reason = f" {fresh[0].words}" if fresh else ""
    raise Unsafe(
        f"This return is not safe to issue, so nothing was written.{reason} Use a longer period, or leave "
        "the return until more people are counted.",
        told=(violation.words for violation in fresh),
    )


def rule_of(threshold: int) -> Rule:
    """Return the suppression rule of a programme."""
    return Rule(threshold=threshold)


def said_of(safe: Safe, threshold: int) -> tuple[str, ...]:
    """Return how people are protected in a return that was made safe: by rounding or by withholding."""
    told = sentences(threshold, safe.cost, safe.earlier, safe.given_up)
    rounded = rounded_sentences(safe.protected, safe.earlier)
    return (*rounded, *told[3:]) if rounded else told


def sentences(threshold: int, cost: Cost, earlier: int, given_up: Sequence[str] = ()) -> tuple[str, ...]:
    """Return how people are protected, in plain English (disclosure.md 5.6), and what was given up for it."""
    together = {
        0: "on its own, because no earlier return counts any of the same people",
        1: "together with 1 earlier return",
    }
    told = [
        (
            f"Numbers from 1 to {threshold - 1} are not shown. Some larger numbers, and a few zeros, are also "
            "withheld so that the small ones cannot be worked out from totals, from other tables or from earlier "
            "returns."
        ),
        (
            "Withheld numbers are marked [c]; the mark does not say how large a number is. Totals are exact and "
            "include withheld numbers."
        ),
        (
            f"This return was checked {together.get(earlier, f'together with {earlier} earlier returns')}: no "
            f"withheld small number can be worked out to fewer than {threshold} possible values."
        ),
        (
            "Percentages and means are worked out from the printed numbers only, and only where at least 10 "
            "people stand behind them."
        ),
    ]
    if cost.hidden == 0:
        told[1] = "No number had to be withheld this time. The mark [c] would stand for a withheld number."
    return (*told, *given_up)
