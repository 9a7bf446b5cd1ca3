"""What is asked about a rule, by its sort, in plain words; and its settings read back as one sentence."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from coachdesk.casework.outcome_rules import RuleRow
from coachdesk.ui.forms.fields import (
    Check,
    Choice,
    Choices,
    Date,
    Lines,
    Number,
    Option,
    Part,
    Text,
    Together,
)

RATES = ("national_living_wage", "real_living_wage", "real_living_wage_london")


def tr(words: str) -> str:
    """Return words of this room in the language of the window."""
    return QCoreApplication.translate("RuleParts", words)


def sort_words() -> dict[str, str]:
    """Return what each sort of rule is called."""
    return {
        "milestone": tr("In work so many weeks after the start"),
        "weeks": tr("So many weeks of enough hours"),
        "earnings": tr("So much earned"),
        "cohort": tr("A first job within so many months"),
    }


def rate_words() -> dict[str, str]:
    """Return what each rate is called."""
    return {
        "national_living_wage": tr("National Living Wage"),
        "real_living_wage": tr("Real Living Wage"),
        "real_living_wage_london": tr("Real Living Wage, London"),
    }


def parts_of(sort: str, programmes: Sequence[Option], evidence: Sequence[Option]) -> tuple[Part, ...]:
    """Return what is asked about a rule of a sort; whatever is not known may stay empty."""
    return (
        Text("title", tr("&Name of the rule"), needed=True),
        *_SETTINGS[sort](),
        Choice(
            "programme_id",
            tr("&Programme it counts for"),
            options=programmes,
            nothing=tr("Any programme"),
        ),
        Choices("evidence", tr("Evidence the funder accepts"), options=evidence),
        Together(Date("valid_from", tr("In force from")), Date("valid_to", tr("In force until"))),
        Lines("source_note", tr("Where this stands: letter, guidance, page"), rows=2),
    )


def _milestone() -> tuple[Part, ...]:
    return (
        Together(
            Number("weeks", tr("Weeks after the first job began"), lowest=1, highest=520),
            Number("gap_days", tr("Days in no job that are allowed"), lowest=0, highest=365),
        ),
    )


def _weeks() -> tuple[Part, ...]:
    return (
        Together(
            Number("weeks_needed", tr("Weeks that are needed"), lowest=1, highest=520),
            Number("window_weeks", tr("Within so many weeks in a row"), lowest=1, highest=520),
        ),
        Together(
            Number("hours", tr("Paid hours that make a week count"), lowest=0, highest=168, places=2),
            Number("also_hours", tr("Hours of weeks that are shown too"), lowest=0, highest=168, places=2),
        ),
        Check("at_legal_rate", tr("Only weeks paid at the legal minimum for the age")),
        *_ticks(),
    )


def _earnings() -> tuple[Part, ...]:
    return (
        Number(
            "pounds",
            tr("Gross pay that has to be earned"),
            tr("A sum in pounds, or hours, weeks and a rate below; not both."),
            lowest=0,
            places=2,
            unit="£",
        ),
        Together(
            Number("hours", tr("Hours a week"), lowest=0, highest=168, places=2),
            Number("weeks", tr("Weeks"), lowest=1, highest=520),
            Choice("rate", tr("At the rate"), options=tuple(Option(*pair) for pair in rate_words().items())),
        ),
        Number("self_employed_months", tr("Or so many months in self-employment"), lowest=1, highest=60),
        *_ticks(),
    )


def _cohort() -> tuple[Part, ...]:
    return (Number("months", tr("Months after support began"), lowest=1, highest=60),)


def _ticks() -> tuple[Part, ...]:
    return (
        Check("within_support", tr("Only weeks during support")),
        Check(
            "estimates",
            tr("Usual hours may stand in for weeks nobody wrote down"),
            tr("An answer that rests on them says so. Weeks that nobody knows of never count."),
        ),
    )


_SETTINGS = {"milestone": _milestone, "weeks": _weeks, "earnings": _earnings, "cohort": _cohort}
_OTHER = frozenset({"title", "programme_id", "evidence", "valid_from", "valid_to", "source_note"})


def values_of(rule: RuleRow) -> dict[str, Any]:
    """Return a rule as the form shows it."""
    return {
        **rule.told,
        "title": rule.title,
        "programme_id": rule.programme_id,
        "evidence": rule.evidence,
        "valid_from": rule.valid_from,
        "valid_to": rule.valid_to,
        "source_note": rule.source_note,
    }


def told_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings among the values of the form."""
    return {name: value for name, value in values.items() if name not in _OTHER}


def settings_words(rule: RuleRow) -> str:
    """Return a rule's settings as one sentence; a rule that lacks a fact says which."""
    if rule.missing:
        return tr("It lacks {facts}, and judges nobody until somebody types it.").format(
            facts="; ".join(rule.missing)
        )
    told = rule.told
    if rule.sort == "milestone":
        words = tr(
            "In paid work {weeks} weeks after the first job began, with {gap_days} days of gap at most."
        )
    elif rule.sort == "weeks":
        words = tr(
            "{weeks_needed} weeks of at least {hours:g} paid hours within {window_weeks} weeks in a row."
        )
    elif rule.sort == "cohort":
        words = tr("A first job within {months} months of the start of support.")
    elif "pounds" in told:
        words = tr("£{pounds:,.2f} of gross pay.")
    else:
        words = tr("Gross pay of {hours:g} hours × {weeks} weeks × {rate}.")
        told = {**told, "rate": rate_words().get(str(told["rate"]), told["rate"])}
    own = told.get("self_employed_months")
    more = " " + tr("Or {months} months in self-employment.").format(months=own) if own else ""
    return words.format(**told) + more
