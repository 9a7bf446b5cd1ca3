"""What is asked about a wording of an indicator, and its parts in words."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from coachdesk.returns.catalogue import AllowedRule, IndicatorDefinition
from coachdesk.returns.definitions import IndicatorRow, SaveWording
from coachdesk.returns.examples import read_examples
from coachdesk.ui.forms.fields import Date, Lines, Number, Part, Text, Together
from coachdesk.ui.spoken import day


def tr(words: str) -> str:
    """Return words of this room in the language of the window."""
    return QCoreApplication.translate("DefinitionWords", words)


def parts_of(rules: Mapping[str, AllowedRule]) -> tuple[Part, ...]:
    """Return what is asked about a wording; numbers of its rule that stay empty keep what ships."""
    return (
        Together(
            Text("title", tr("&Title"), needed=True),
            Text("intervention", tr("Intervention code"), tr("The funder’s own, if there is one.")),
        ),
        Lines("definition", tr("&Definition"), needed=True),
        Together(
            Text("unit", tr("What is counted"), needed=True),
            Text("source_note", tr("Where this stands: letter, agreement, page"), needed=True),
        ),
        Together(
            Lines("evidence", tr("&Evidence"), needed=True, rows=2),
            Lines("formula", tr("&Formula"), needed=True, rows=2),
        ),
        *(_number(rule) for rule in rules.values()),
        Together(
            Date("valid_from", tr("In force from"), needed=True),
            Date("valid_to", tr("In force until"), tr("Empty: until there is another.")),
        ),
        Lines(
            "examples",
            tr("Worked examples of your own"),
            tr("Invented people only. Those that ship are tried as well; copy one and change it."),
            rows=4,
        ),
    )


def _number(rule: AllowedRule) -> Number:
    ships = tr("Empty: as the programme says.") if rule.value is None else tr("Empty: {number}, as it ships.")
    return Number(
        rule.name,
        rule.title,
        ships.format(number=rule.value),
        lowest=rule.lowest,
        highest=rule.highest,
    )


def values_of(wording: IndicatorDefinition, examples: str) -> dict[str, Any]:
    """Return a wording as the form shows it."""
    return {
        **wording.chosen,
        "title": wording.title,
        "intervention": wording.intervention,
        "definition": wording.definition,
        "unit": wording.unit,
        "evidence": wording.evidence,
        "formula": wording.formula,
        "source_note": wording.source,
        "valid_from": wording.valid_from if wording.is_own else None,
        "valid_to": wording.valid_to if wording.is_own else None,
        "examples": examples,
    }


def wish_of(values: Mapping[str, Any], base: IndicatorDefinition) -> SaveWording:
    """Return the wording that was typed; raises Refusal for examples that cannot be read."""
    told = {name: value for name, value in values.items() if name not in base.rules}
    return SaveWording(
        **{**told, "examples": read_examples(values["examples"])},
        indicator=base.id,
        rules={name: values[name] for name in base.rules},
        wording_id=base.wording_id,
    )


def force_words(wording: IndicatorDefinition) -> str:
    """Return since when a wording holds, and whose it is."""
    whose = tr("Your own wording") if wording.is_own else tr("The wording that ships")
    first = day(wording.valid_from)
    if wording.valid_to is None:
        return tr("{whose}, from {first}").format(whose=whose, first=first)
    return tr("{whose}, from {first} to {last}").format(whose=whose, first=first, last=day(wording.valid_to))


def facts_of(wording: IndicatorDefinition) -> tuple[tuple[str, str], ...]:
    """Return what is printed beside a figure, each with its name; the code only where there is one."""
    code = ((tr("Intervention code"), wording.intervention),) if wording.intervention else ()
    numbers = tuple(
        (rule.title, str(wording.chosen.get(name, rule.value)))
        for name, rule in wording.rules.items()
        if wording.chosen.get(name, rule.value) is not None
    )
    return (
        *code,
        (tr("What is counted"), wording.unit),
        (tr("Evidence"), wording.evidence),
        (tr("Formula"), wording.formula),
        *numbers,
        (tr("Source"), wording.source),
    )


def wording_column(row: IndicatorRow) -> str:
    """Return whose wording is in force, as it stands in the list."""
    if row.now.is_own:
        return tr("Yours, from {day}").format(day=day(row.now.valid_from))
    if row.coming is not None:
        return tr("Yours from {day}").format(day=day(row.coming.valid_from))
    return tr("As it ships")
