from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from tests.house.rules import RULES, Source, python_files

ROOT = Path(__file__).resolve().parents[2]
SOURCES = tuple(python_files(ROOT, "coachdesk", "tests", "installer", "benchmarks", "tools", "noxfile.py"))

# Offenders are quoted here, and nothing else in the file is looked at twice.
QUOTES_OFFENDERS = "tests/house/rules.py"

LONGEST_MODULE = 400
LONGEST_WINDOW = 250
# Modules that may be longer, each with the one reason it has to change.
LONG_FOR_A_REASON: dict[str, str] = {}


@cache
def kept_by() -> dict[str, tuple[int, list[str]]]:
    """Return for each rule how many files it looked at and what breaks it; no parsed file stays in memory."""
    looked_at: Counter[str] = Counter()
    found: dict[str, list[str]] = {name: [] for name in RULES}
    for known in SOURCES:
        source = replace(known)
        for name, rule in RULES.items() if source.path != QUOTES_OFFENDERS else ():
            if rule.applies_to(source.path):
                looked_at[name] += 1
                found[name] += rule.breaches(source)
    return {name: (looked_at[name], found[name]) for name in RULES}


@pytest.mark.parametrize("name", sorted(RULES))
def test_the_house_keeps_its_rule(name: str) -> None:
    looked_at, found = kept_by()[name]
    assert found == []
    assert looked_at


@pytest.mark.parametrize("name", sorted(RULES))
def test_every_rule_catches_its_offender_and_no_innocent(name: str) -> None:
    rule = RULES[name]
    place = f"{rule.inside[0]}planted.py"
    assert rule.applies_to(place)
    assert rule.breaches(Source(place, rule.offender)), rule.offender
    assert rule.breaches(Source(place, rule.innocent)) == []


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        pytest.param("exemptions have a reason", "x = y  # type: ignore\n", id="bare ignore"),
        pytest.param("exemptions have a reason", "x = y  # type: ignore[attr-defined]\n", id="ignore, no why"),
        pytest.param("exemptions have a reason", "x = y  # noqa\n", id="bare noqa"),
        pytest.param("exemptions have a reason", "x = y  # noqa: S608, S101\n", id="two codes, no why"),
        pytest.param("exemptions have a reason", "x = y  # pragma: no cover\n", id="uncovered, no why"),
        pytest.param("the clock is given", "now = datetime.now(UTC)\n", id="datetime.now"),
        pytest.param("the clock is given", "day = QDate.currentDate()\n", id="Qt's clock"),
        pytest.param("the clock is given", "stamp = time.time()\n", id="seconds"),
        pytest.param("the clock is given", "query = select(func.now())\n", id="the database's clock"),
        pytest.param("three fates of an error", "try:\n    a()\nexcept:\n    b()\n", id="bare except"),
        pytest.param("three fates of an error", "try:\n    a()\nexcept (OSError, Exception):\n    b()\n", id="tuple"),
        pytest.param("three fates of an error", "try:\n    a()\nexcept BaseException:\n    b()\n", id="swallows all"),
        pytest.param("vacuum", 'run("vacuum main")\n', id="vacuum main"),
        pytest.param("no network", "from PySide6 import QtNetwork\n", id="Qt's network"),
        pytest.param("no sleeping tests", "time.sleep(1)\n", id="sleep"),
        pytest.param("lambda in connect", "a.b.connect(slot=lambda: 1)\n", id="lambda by keyword"),
    ],
)  # fmt: skip
def test_the_less_obvious_offenders_are_caught_too(rule: str, line: str) -> None:
    assert RULES[rule].breaches(Source("coachdesk/planted.py", line))


def test_a_rule_leaves_its_exceptions_alone() -> None:
    door = RULES["dialogs are a door"]
    assert not door.applies_to("coachdesk/ui/dialogs.py")
    assert door.applies_to("coachdesk/ui/clients.py")


def test_docstrings_may_speak_of_what_they_forbid() -> None:
    spoken = Source("coachdesk/planted.py", '"""Never a plain VACUUM, never PRAGMA rekey."""\n')
    assert not any(rule.breaches(spoken) for rule in RULES.values())


def too_long(source: Source) -> str | None:
    """Return the sentence for a module that outgrew its budget."""
    lines = len(source.text.splitlines())
    most = LONGEST_WINDOW if source.path.endswith("/main_window.py") else LONGEST_MODULE
    # A revision is written once from the records and never changes again.
    if lines <= most or source.path in LONG_FOR_A_REASON or "/migrations/versions/" in source.path:
        return None
    return f"{source.path} has {lines} lines; {most} is the most before two reasons to change share a module."


def test_modules_stay_small() -> None:
    assert [sentence for source in SOURCES if (sentence := too_long(source))] == []


def test_a_long_module_is_caught() -> None:
    assert too_long(Source("coachdesk/planted.py", "x = 1\n" * (LONGEST_MODULE + 1)))
    assert too_long(Source("coachdesk/ui/main_window.py", "x = 1\n" * (LONGEST_WINDOW + 1)))
    assert too_long(Source("coachdesk/planted.py", "x = 1\n" * LONGEST_MODULE)) is None


def test_no_exception_outlives_its_module() -> None:
    long_ones = {source.path for source in SOURCES if len(source.text.splitlines()) > LONGEST_MODULE}
    assert set(LONG_FOR_A_REASON) <= long_ones


def test_test_files_are_named_once() -> None:
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))
    assert not list((ROOT / "tests").rglob("__init__.py"))
