import datetime as dt
from typing import Any
from uuid import UUID

import pytest

from coachdesk.errors import Refusal
from coachdesk.models import Coach
from coachdesk.returns.manual_figures import (
    ManualRow,
    SaveManualFigure,
    drop_manual_figure,
    list_manual_figures,
    save_manual_figure,
)
from coachdesk.returns.prepare import prepare
from coachdesk.returns.wishes import FigureRow
from coachdesk.terms import Role
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import unit_of_work
from tests.makers import ask, do
from tests.returns.test_prepare import WISH, people


def a_figure(**values: Any) -> SaveManualFigure:
    told: dict[str, Any] = {
        "programme_key": "grant",
        "title": "Volunteers trained",
        "unit": "People",
        "from_on": WISH.from_on,
        "to_on": WISH.to_on,
        "figure": 12,
        "reason": "Volunteers have no record in the vault.",
        "source_note": "Signing-in sheet of 4 September",
    }
    return SaveManualFigure(**{**told, **values})


def save(vault: OpenVault, **values: Any) -> None:
    do(vault, save_manual_figure, a_figure(**values))


def kept(vault: OpenVault) -> tuple[ManualRow, ...]:
    return ask(vault, list_manual_figures, "grant")


def printed(vault: OpenVault) -> dict[str, FigureRow]:
    prepared = prepare(vault, WISH, Watch.silent())
    return {each.title: each for each in prepared.figures if each.id.startswith("manual-")}


@pytest.fixture
def grant(vault: OpenVault) -> OpenVault:
    people(vault, 40)
    return vault


def test_a_figure_is_typed_changed_and_taken_out(grant: OpenVault) -> None:
    save(grant)
    save(grant, title="Rooms", from_on=dt.date(2026, 10, 1), to_on=dt.date(2026, 12, 31))
    assert [each.title for each in kept(grant)] == ["Rooms", "Volunteers trained"]
    rooms, volunteers = kept(grant)
    _, words = do(grant, save_manual_figure, a_figure(figure=13, figure_id=volunteers.id))
    assert words == "Typed a figure by hand for Community grant"
    assert kept(grant)[1].figure == 13
    _, words = do(grant, drop_manual_figure, rooms.id)
    assert words == "Took out the figure “Rooms”"
    assert [each.title for each in kept(grant)] == ["Volunteers trained"]
    for gone in (rooms.id, UUID(int=1)):
        with pytest.raises(Refusal, match="not in the list"):
            do(grant, drop_manual_figure, gone)
    with pytest.raises(Refusal, match="not in the list"):
        save(grant, figure_id=UUID(int=1))


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", " "), ("unit", ""), ("reason", ""), ("figure", -1), ("to_on", dt.date(2026, 1, 1))],
)
def test_a_figure_that_cannot_be_is_refused_beside_its_field(
    grant: OpenVault, field: str, value: Any
) -> None:
    with pytest.raises(Refusal) as caught:
        save(grant, **{field: value})
    assert set(caught.value.fields) == {field}


def test_only_a_manager_types_a_figure(grant: OpenVault) -> None:
    save(grant)
    (one,) = kept(grant)
    with unit_of_work(grant, by_program=True) as work:
        work.session.get_one(Coach, grant.coach_id).role = Role.COACH
    with pytest.raises(Refusal, match="manager"):
        save(grant)
    with pytest.raises(Refusal, match="manager"):
        do(grant, drop_manual_figure, one.id)


def test_a_typed_figure_is_printed_with_its_mark_its_reason_and_its_source(grant: OpenVault) -> None:
    save(grant)
    save(grant, title="Other quarter", from_on=dt.date(2026, 4, 1), to_on=dt.date(2026, 6, 30))
    (one,) = printed(grant).values()
    assert one.title == "Volunteers trained [note: typed by hand]"
    assert one.definition == (
        "Typed by hand, not counted from the records. Reason: Volunteers have no record in the vault."
    )
    assert (one.value_words, one.printed_words, one.unit) == ("12", "12", "People")
    assert one.source == "Signing-in sheet of 4 September"
    assert one.client_ids == ()


def test_few_people_typed_by_hand_are_protected_and_sums_of_money_are_not(grant: OpenVault) -> None:
    save(grant, title="Few", figure=3)
    save(grant, title="Nobody", figure=0)
    save(grant, title="Pounds", figure=3, counts_people=False, unit="Pounds")
    found = {title.split(" [")[0]: each for title, each in printed(grant).items()}
    assert {name: each.value_words for name, each in found.items()} == {
        "Few": "3",
        "Nobody": "0",
        "Pounds": "3",
    }
    assert {name: each.printed_words for name, each in found.items()} == {
        "Few": "[c]",
        "Nobody": "0",
        "Pounds": "3",
    }
