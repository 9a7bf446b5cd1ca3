import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from coachdesk.errors import Refusal, Trouble
from coachdesk.models import IndicatorWording
from coachdesk.returns.catalogue import (
    AllowedRule,
    catalogue_of,
    definition_on,
    indicator_ids,
    own_definition,
    read_catalogue,
    rules_on,
    with_wording,
)
from coachdesk.returns.prepare import prepare
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading, unit_of_work
from tests.returns.test_prepare import WISH, people

OCTOBER = dt.date(2026, 10, 1)
A_FILE = """
[[indicator]]
id = "calls"
title = "Calls"
intervention = ""
definition = "Calls made."
unit = "Calls"
evidence = "The call."
formula = "Number of calls."
valid_from = 2026-04-01
source = "Invented"

[indicator.rules.grace_days]
title = "Days of grace"
lowest = 0
highest = 30
value = 7
"""


def a_wording(**values: Any) -> IndicatorWording:
    told: dict[str, Any] = {
        "indicator": "starts",
        "title": "People who began",
        "intervention": "IV-7",
        "definition": "People who began with us.",
        "unit": "People",
        "evidence": "The start date.",
        "formula": "Different people with a start date.",
        "source_note": "Letter of the council, 3 May 2026",
        "valid_from": dt.date(2026, 7, 1),
    }
    return IndicatorWording(**{**told, **values})


def keep(vault: OpenVault, *wordings: IndicatorWording) -> None:
    with unit_of_work(vault, label="Wrote wordings") as work:
        work.session.add_all(wordings)


def test_an_own_wording_wins_from_its_day_and_a_later_one_over_it(vault: OpenVault) -> None:
    keep(
        vault,
        a_wording(valid_to=dt.date(2026, 12, 31)),
        a_wording(valid_from=OCTOBER, title="Started", valid_to=dt.date(2026, 11, 30)),
        a_wording(indicator="ships-no-more"),
    )
    with reading(vault) as session:
        catalogue = catalogue_of(session)
    shipped = read_catalogue()
    assert indicator_ids(catalogue) == indicator_ids(shipped)

    def title(day: dt.date) -> str:
        return definition_on(catalogue, "starts", day).title

    assert title(dt.date(2026, 6, 30)) == title(dt.date(2027, 1, 1)) == "Starts"
    assert title(dt.date(2026, 7, 1)) == title(dt.date(2026, 12, 1)) == "People who began"
    assert title(OCTOBER) == "Started"
    assert title(dt.date(2020, 1, 1)) == "Starts"
    with pytest.raises(KeyError):
        definition_on(catalogue, "ships-no-more", OCTOBER)
    own = definition_on(catalogue, "starts", OCTOBER)
    assert (own.is_own, own.intervention, own.source) == (True, "IV-7", "Letter of the council, 3 May 2026")


def test_a_return_prints_the_own_wording_of_its_period(vault: OpenVault) -> None:
    people(vault, 40)
    keep(vault, a_wording())
    prepared = prepare(vault, WISH, Watch.silent())
    starts = next(figure for figure in prepared.figures if figure.id == "starts")
    assert (starts.title, starts.intervention, starts.unit) == ("People who began", "IV-7", "People")
    assert starts.definition == "People who began with us."
    assert (starts.evidence, starts.formula) == ("The start date.", "Different people with a start date.")
    assert starts.source == "Letter of the council, 3 May 2026"
    assert "People who began by sex" in [table.title for table in prepared.tables]


def test_rules_of_a_file_say_what_may_be_set(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(A_FILE, encoding="utf-8")
    (calls,) = read_catalogue(tmp_path)
    rule = calls.rules["grace_days"]
    assert rule == AllowedRule(name="grace_days", title="Days of grace", lowest=0, highest=30, value=7)
    assert rule.checked(30) == 30
    for wrong in (-1, 31):
        with pytest.raises(Refusal) as refused:
            rule.checked(wrong)
        assert refused.value.fields == {"grace_days": "Type a whole number from 0 to 30."}
    (tmp_path / "own.toml").write_text(A_FILE.replace("lowest = 0", "least = 0"), encoding="utf-8")
    with pytest.raises(Trouble, match=r"own\.toml cannot be read"):
        read_catalogue(tmp_path)


def test_numbers_of_an_own_wording_hold_while_it_does(tmp_path: Path, vault: OpenVault) -> None:
    (tmp_path / "own.toml").write_text(A_FILE, encoding="utf-8")
    (calls,) = read_catalogue(tmp_path)
    keep(vault, a_wording(indicator="calls", rules={"grace_days": 3, "gone": 1}))
    with reading(vault) as session:
        wording = session.scalars(select(IndicatorWording)).one()
        own = own_definition(wording, calls)
    assert own.chosen == {"grace_days": 3}
    assert rules_on((calls, own), OCTOBER) == {"calls": {"grace_days": 3}}
    assert rules_on((calls, own), dt.date(2026, 6, 30)) == {}
    compared = with_wording((calls,), own)
    assert rules_on(compared, dt.date(2020, 1, 1)) == {"calls": {"grace_days": 3}}
