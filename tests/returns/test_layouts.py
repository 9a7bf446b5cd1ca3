import datetime as dt
from typing import Any
from uuid import UUID

import pytest

from coachdesk.casework.programmes import list_programmes, programme_of
from coachdesk.errors import Refusal
from coachdesk.models import Coach, ReturnLayout
from coachdesk.returns.catalogue import read_catalogue
from coachdesk.returns.counting import TWO_WAY
from coachdesk.returns.layouts import Layout, LayoutRow, SaveLayout, layout_of, layout_row, save_layout
from coachdesk.returns.prepare import prepare
from coachdesk.terms import Role
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import ask, do, furnished
from tests.returns.test_prepare import WISH, people


def save(vault: OpenVault, **values: Any) -> str:
    return do(vault, save_layout, SaveLayout(programme_key="grant", **values))[1]


def kept(vault: OpenVault) -> LayoutRow:
    return ask(vault, layout_row, "grant")


def refused(vault: OpenVault, field: str, **values: Any) -> None:
    with pytest.raises(Refusal) as caught:
        save(vault, **values)
    assert set(caught.value.fields) == {field}


def test_a_programme_nobody_laid_out_returns_everything_that_ships(vault: OpenVault) -> None:
    furnished(vault)
    row = ask(vault, layout_row, "connect-to-work")
    assert row.layout == Layout() == Layout(crossed=TWO_WAY)
    assert (row.every, row.first_month, row.grant_from) == ("quarter", 4, None)
    assert list(row.indicators) == [each.id for each in read_catalogue()]
    assert row.breakdowns["sex"] == "Sex"
    assert ask(vault, layout_of, UUID(int=1)) == Layout()


def test_a_layout_is_kept_and_changed_and_the_periods_follow(vault: OpenVault) -> None:
    people(vault, 5)
    words = save(vault, indicators=("reach", "starts"), breakdowns=("sex", "age"), crossed=(("sex", "age"),))
    assert words == "Laid out the return of Community grant"
    row = kept(vault)
    assert row.layout == Layout(
        indicators=("reach", "starts"), breakdowns=("sex", "age"), crossed=(("sex", "age"),)
    )
    save(vault, every="grant_year", first_month=5, grant_from=dt.date(2026, 5, 14))
    row = kept(vault)
    assert row.layout == Layout(crossed=())
    assert (row.every, row.first_month, row.grant_from) == ("grant_year", 5, dt.date(2026, 5, 14))
    (programme,) = ask(vault, list_programmes)
    assert (programme.period_kind, programme.first_month) == ("grant_year", 5)
    assert programme.grant_from == dt.date(2026, 5, 14)


def test_a_layout_that_says_nothing_of_two_way_tables_has_those_that_ship(vault: OpenVault) -> None:
    people(vault, 5)
    with unit_of_work(vault, label="Kept a way of protecting") as work:
        work.session.add(ReturnLayout(programme_id=programme_of(work.session, "grant").id))
    assert kept(vault).layout == Layout()


def test_what_a_return_cannot_hold_is_refused_beside_its_field(vault: OpenVault) -> None:
    people(vault, 5)
    refused(vault, "indicators", indicators=("moon",))
    refused(vault, "breakdowns", breakdowns=("moon",))
    refused(vault, "crossed", breakdowns=("sex",), crossed=(("sex", "age"),))
    refused(vault, "crossed", crossed=(("sex", "sex"),))
    refused(vault, "every", every="fortnight")
    refused(vault, "first_month", first_month=13)
    refused(vault, "grant_from", every="grant_year")
    with unit_of_work(vault, by_program=True) as work:
        work.session.get_one(Coach, vault.coach_id).role = Role.COACH
    with pytest.raises(Refusal, match="manager"):
        save(vault)


def test_a_return_holds_what_was_chosen_in_that_order_and_nothing_else(vault: OpenVault) -> None:
    people(vault, 90)
    save(vault, indicators=("sustained-13", "ons4-happy", "reach", "starts"), breakdowns=("sex",))
    prepared = prepare(vault, WISH, Watch.silent())
    assert [each.id for each in prepared.figures] == ["sustained-13", "ons4-happy", "reach", "starts"]
    assert {"reach-by-sex", "starts-by-sex"} <= {table.id for table in prepared.tables}
    chosen = ("reach", "starts", "sustained-13", "ons4-happy")
    assert all(table["id"].startswith(chosen) for table in prepared.release["tables"])
    assert not [
        table.id for table in prepared.tables if "-by-" in table.id and not table.id.endswith("-by-sex")
    ]
    assert prepared.counted["definitions"] == ["sustained-13", "ons4-happy", "reach", "starts"]


def test_two_way_tables_are_the_pairs_that_were_chosen(vault: OpenVault) -> None:
    people(vault, 260)

    def crossed() -> set[str]:
        return {t.id for t in prepare(vault, WISH, Watch.silent()).tables if "-and-" in t.id}

    save(vault, indicators=("reach",), crossed=(("sex", "hub"),))
    assert crossed() == {"reach-by-sex-and-hub"}
    save(vault, indicators=("reach",))
    assert crossed() == set()


def test_a_layout_without_people_of_its_own_still_needs_people(vault: OpenVault) -> None:
    people(vault, 60)
    save(vault, indicators=("all-job-starts",))
    prepared = prepare(vault, WISH, Watch.silent())
    assert [each.id for each in prepared.figures] == ["all-job-starts"]
    with reading(vault) as session:
        assert layout_of(session, programme_of(session, "grant").id).indicators == ("all-job-starts",)
