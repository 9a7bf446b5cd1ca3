"""Everything a return counts, in the order of the pack: figures, measures to divide, outcomes to split."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.service_quality.caseload import read_active
from coachdesk.casework.service_quality.ground import quality_settings
from coachdesk.models import Code, ProfileFigure
from coachdesk.returns.catalogue import IndicatorDefinition, definition_on
from coachdesk.returns.counting import Measure
from coachdesk.returns.figures import Line
from coachdesk.returns.indicators.adjusting import adjustment_lag
from coachdesk.returns.indicators.check_ins import check_in_coverage
from coachdesk.returns.indicators.enrolled import active_caseload, reach, referrals_accepted, starts
from coachdesk.returns.indicators.found import Found, Scope, present
from coachdesk.returns.indicators.good_work import good_work
from coachdesk.returns.indicators.job_starts import (
    all_job_starts,
    cohort_rate,
    employment_rate,
    first_job_starts,
    in_work_job_starts,
)
from coachdesk.returns.indicators.jobs_quality import NOT_CODED, NOT_RECORDED, guaranteed_hours, job_sorts
from coachdesk.returns.indicators.onward import BY_TYPE, onward_referrals
from coachdesk.returns.indicators.pay import NOT_KNOWN, pay_adequacy
from coachdesk.returns.indicators.promptness import first_employer_contact, referral_to_start
from coachdesk.returns.indicators.service import retention_share, service_figures
from coachdesk.returns.indicators.service_use import service_use
from coachdesk.returns.indicators.spells import OUT_OF_WORK, courses
from coachdesk.returns.indicators.staying import retained, rules_of_programme, rules_reached
from coachdesk.returns.indicators.sustained import WEEKS, sustained
from coachdesk.returns.indicators.wellbeing import ons4_bands, ons4_change, ons4_pairs
from coachdesk.returns.planner import LEAST_BASE, Level, fine_enough, level

DIMENSION_LIST = "good_work_dimension"
COHORT_MONTHS = (6, 9, 12)
DIVIDED = ("referrals-accepted", "starts", "active-caseload", "first-job-starts", "reach")
HEADLINES = ("in-work-job-starts",)
EVENTS = ("all-job-starts",)
Catalogue = tuple[IndicatorDefinition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What was found, ready to be tabulated."""

    lines: tuple[Line, ...]
    measures: tuple[Measure, ...]
    headlines: tuple[tuple[str, Found], ...]
    splits: tuple[tuple[str, Found], ...]

    @property
    def is_empty(self) -> bool:
        """Return whether nobody was referred, supported or active at all."""
        return not any(measure.people for measure in self.measures)


def counts(
    session: Session,
    scope: Scope,
    catalogue: Catalogue,
    threshold: int,
    wanted: frozenset[str] = frozenset(),
) -> Counts:
    """Return every figure of the programme in the period; ``wanted`` names rules of sustained work beside its own.

    A rule is named by the id of its figure: ``rule-`` and the rule's key. Whoever counts all of a vault for an answer
    gives the session ``room_to_count``, once and around everything else that the answer needs.
    """
    lines = (
        *_people_lines(session, scope),
        *_work_lines(session, scope),
        *_quality_lines(session, scope),
        *_service_lines(session, scope),
    )
    (supported,) = (line.found.people for line in lines if line.found.id == "reach")
    lines = (*lines, *_rule_lines(session, scope, supported, wanted))
    titles = {line.found.id: _title(line, catalogue, scope) for line in lines}
    measures = [
        Measure(id=line.found.id, title=titles[line.found.id], people=line.found.people)
        for line in lines
        if line.found.id in (*DIVIDED, *HEADLINES)
    ]
    measures += [
        Measure(
            id=f"{line.found.id}-in-work",
            title=f"In work: {titles[line.found.id].lower()}",
            people=line.found.people,
        )
        for line in lines
        if line.found.id.startswith("sustained-") and level(len(line.found.people), threshold) >= Level.COARSE
    ]
    return Counts(
        lines=lines,
        measures=tuple(measures),
        headlines=tuple((titles[line.found.id], line.found) for line in lines if line.found.id in EVENTS),
        splits=tuple(
            (titles[line.found.id], line.found)
            for line in lines
            if line.found.is_split and _base_is_enough(line)
        ),
    )


def _base_is_enough(line: Line) -> bool:
    """Means and changes of wellbeing need ten people behind them; other outcomes are plain counts.

    A table of as many sorts as there are of services is printed only where enough people stand behind each.
    """
    if line.found.id == BY_TYPE:
        return fine_enough(len(line.found.base_people), len(line.found.groups))
    needs = line.kind == "mean" or line.found.id.startswith("ons4-")
    return not needs or len(line.found.base_people) >= LEAST_BASE


def _title(line: Line, catalogue: Catalogue, scope: Scope) -> str:
    return line.title or definition_on(catalogue, line.definition or line.found.id, scope.period.to_on).title


def _people_lines(session: Session, scope: Scope) -> tuple[Line, ...]:
    return (
        Line(found=referrals_accepted(session, scope)),
        Line(found=starts(session, scope), profile=profile_figure(session, scope, "starts")),
        Line(found=active_caseload(session, scope)),
        Line(found=reach(session, scope)),
    )


def _work_lines(session: Session, scope: Scope) -> tuple[Line, ...]:
    known = courses(session, scope, OUT_OF_WORK)
    return (
        Line(
            found=first_job_starts(session, scope, known),
            profile=profile_figure(session, scope, "job_entries"),
        ),
        Line(found=in_work_job_starts(session, scope)),
        Line(found=all_job_starts(session, scope)),
        Line(found=employment_rate(session, scope, known), kind="share"),
        *(Line(found=cohort_rate(session, scope, months, known), kind="share") for months in COHORT_MONTHS),
        *(
            Line(
                found=sustained(session, scope, weeks, known),
                kind="split",
                profile=profile_figure(session, scope, f"sustained_{weeks}"),
            )
            for weeks in WEEKS
        ),
        Line(found=check_in_coverage(session, scope), kind="share"),
    )


def _quality_lines(session: Session, scope: Scope) -> tuple[Line, ...]:
    titles = _dimension_titles(session)
    pairs = ons4_pairs(session, scope)
    gap, wishes = guaranteed_hours(session, scope)
    return (
        Line(found=pay_adequacy(session, scope), kind="share", leave_out=frozenset({NOT_KNOWN})),
        *(
            Line(
                found=found,
                kind="mean",
                definition="good-work",
                title=f"Good work: {titles.get(dimension, dimension).lower()}",
            )
            for dimension, found in good_work(session, scope).items()
        ),
        *(Line(found=found, kind="split") for found in ons4_change(session, scope, pairs).values()),
        *(Line(found=found, kind="split") for found in ons4_bands(session, scope, pairs).values()),
        Line(found=gap, kind="amount"),
        Line(found=wishes, kind="share", leave_out=frozenset({NOT_RECORDED})),
    )


def _service_lines(session: Session, scope: Scope) -> tuple[Line, ...]:
    settings = quality_settings(session)
    active = read_active(session, scope.as_at, scope.programme_id)
    employers, occupations, competitive, permanent = job_sorts(session, scope)
    return (
        Line(found=referral_to_start(session, scope), kind="amount"),
        Line(found=first_employer_contact(session, scope, settings), kind="amount"),
        Line(found=retention_share(active, settings), kind="share"),
        *(Line(found=found, kind="amount") for found in service_figures(session, scope, settings, active)),
        Line(found=employers, kind="share"),
        Line(found=occupations, kind="share", leave_out=frozenset({NOT_CODED})),
        Line(found=competitive, kind="share"),
        Line(found=permanent, kind="share"),
        *(Line(found=found, kind="split") for found in retained(session, scope, settings)),
        Line(found=adjustment_lag(session, scope), kind="amount"),
    )


def _rule_lines(
    session: Session, scope: Scope, supported: frozenset[UUID], wanted: frozenset[str]
) -> tuple[Line, ...]:
    rules = rules_of_programme(session, scope, wanted)
    return (
        *(
            Line(found=found, kind="split", definition="outcome-rule", title=title)
            for title, found in rules_reached(session, scope, rules, supported)
        ),
        Line(found=service_use(session, scope, supported), kind="share"),
        *(Line(found=found, kind="split") for found in onward_referrals(session, scope, supported)),
    )


def _dimension_titles(session: Session) -> Mapping[str, str]:
    rows = session.execute(select(Code.key, Code.title).where(Code.list_name == DIMENSION_LIST))
    return {row[0]: row[1] for row in rows}


def profile_figure(session: Session, scope: Scope, measure: str) -> int | None:
    """Return what was planned for exactly this period, None where nobody has entered it."""
    return session.scalar(
        select(ProfileFigure.figure).where(
            ProfileFigure.programme_id == scope.programme_id,
            ProfileFigure.measure == measure,
            ProfileFigure.from_on == scope.period.from_on,
            ProfileFigure.to_on == scope.period.to_on,
            *present(ProfileFigure),
        )
    )
