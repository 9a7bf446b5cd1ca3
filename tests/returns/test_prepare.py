import datetime as dt
import random
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from coachdesk.casework.codes import seed_codes
from coachdesk.errors import Cancelled, Refusal, Trouble
from coachdesk.models import ProfileFigure, Programme
from coachdesk.press.blocks import Text
from coachdesk.resources import resource
from coachdesk.returns.catalogue import definition_on, read_catalogue
from coachdesk.returns.prepare import prepare
from coachdesk.returns.report import quality_blocks
from coachdesk.returns.wishes import PreparedReturn, ReturnWish
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import unit_of_work
from tests.returns.return_world import World
from tests.worlds import made_once

WISH = ReturnWish(
    programme_key="grant",
    from_on=dt.date(2026, 7, 1),
    to_on=dt.date(2026, 9, 30),
    as_at=dt.date(2026, 9, 30),
)
SURNAME = "Quillfeather"


def people(vault: OpenVault, count: int) -> None:
    """Put invented clients into the vault, alike every time; many tests begin with the same ones."""
    made_once(f"{count} people", partial(_people, count), vault)


def _people(count: int, vault: OpenVault) -> None:
    chance = random.Random(4)  # noqa: S311 - invented people
    with unit_of_work(vault, label="Made a caseload") as work:
        seed_codes(work.session, resource())
        world = World(work.session)
        world.programme.definition = {"check_ins": {"weeks": [1, 2], "grace_days": 3}}
        hubs = [world.hub(name) for name in ("Barrow Hub", "Carlisle Hub")]
        for number in range(count):
            started = dt.date(2026, 5, 1) + dt.timedelta(days=chance.randrange(150))
            enrolment = world.enrol(
                f"{SURNAME}{number}",
                started.isoformat(),
                accepted_on=started.isoformat(),
                profile_started_on=started.isoformat(),
                hub_id=chance.choice(hubs).id,
                source=chance.choice(["self", "gp_practice", "council"]),
                reasons=[reason for reason in ("autism", "carer", "refugee") if chance.random() < 0.4],
                equality={"sex": chance.choice(["female", "male", "not_asked"]), "long_condition": "yes"},
                person={"postcode": chance.choice(["LA14 1AA", "CA1 1AA"])},
            )
            answers = {question: chance.randrange(11) for question in ("satisfied", "anxious")}
            world.ons4(enrolment, started.isoformat(), **answers)
            if chance.random() < 0.5:
                job = world.job(enrolment, "2026-09-25" if number % 7 else "2026-09-01", pence=1300)
                world.good_work(job, "2026-09-28", job_security=chance.choice(["yes", "no", "partly"]))


def prepared_of(vault: OpenVault, count: int, wish: ReturnWish = WISH) -> PreparedReturn:
    """Return a return of so many invented clients, who are in the vault then; it is worked out once a run."""

    def make(fresh: OpenVault) -> PreparedReturn:
        people(fresh, count)
        return prepare(fresh, wish, Watch.silent())

    return made_once(f"a return of {count} people, {wish}", make, vault)


@pytest.fixture
def prepared(vault: OpenVault) -> PreparedReturn:
    return prepared_of(vault, 90)


def figure(prepared: PreparedReturn, name: str) -> str:
    return next(each.value_words for each in prepared.figures if each.id == name)


def test_a_return_is_counted_protected_and_safe(prepared: PreparedReturn) -> None:
    assert prepared.is_safe
    assert prepared.programme == "Community grant"
    assert prepared.organisation == "Furness Into Work"
    assert prepared.journal_position > 0
    assert prepared.finding["verdict"] == "safe"
    assert figure(prepared, "reach") == "90"
    assert {"reach-by-sex", "starts-by-hub"} <= {table.id for table in prepared.tables}


def test_the_number_and_the_people_behind_it_are_the_same(prepared: PreparedReturn) -> None:
    for each in prepared.figures:
        assert len(set(each.client_ids)) == len(each.client_ids)
        if each.unit == "People" and not each.base_words:
            assert each.value_words.partition(" ")[0] == str(len(each.client_ids))


def test_every_table_ends_with_its_total_and_has_a_proof_row(prepared: PreparedReturn) -> None:
    for table in prepared.tables:
        assert table.rows[-1][0] == "Total"
        total = table.rows[-1][len(table.header) - 2]
        assert f"total: {total}." in table.proof or f"Total: {total} " in table.proof
        if "-by-" in table.id:
            assert "not stated:" in table.proof
            assert "under more than one heading:" in table.proof


def test_nothing_smaller_than_the_threshold_is_shown_and_no_share_beside_a_mark(
    prepared: PreparedReturn,
) -> None:
    for table in prepared.tables:
        for *_, number, share in table.rows:
            assert number == "[c]" or int(number.replace(",", "")) not in range(1, 5)
            assert number != "[c]" or share == "[c]"


def test_what_is_shown_is_what_the_public_form_says(prepared: PreparedReturn) -> None:
    public = {table["id"]: table for table in prepared.release["tables"]}
    for table in prepared.tables:
        if len(table.header) == 3:
            told = [str(value) for value in public[table.id]["values"]]
            assert [row[1].replace(",", "") for row in table.rows] == told


def test_the_same_vault_gives_the_same_return(vault: OpenVault, prepared: PreparedReturn) -> None:
    assert prepare(vault, WISH, Watch.silent()) == prepared


def change(vault: OpenVault, **values: object) -> None:
    with unit_of_work(vault, label="Changed the programme") as work:
        programme = work.session.scalars(select(Programme).where(Programme.key == "grant")).one()
        for name, value in values.items():
            setattr(programme, name, value)


def test_the_profile_stands_beside_the_starts(vault: OpenVault) -> None:
    people(vault, 60)
    assert "profile" not in figure(prepare(vault, WISH, Watch.silent()), "starts")
    with unit_of_work(vault, label="Planned") as work:
        programme = work.session.scalars(select(Programme).where(Programme.key == "grant")).one()
        for measure, planned in (("starts", 20), ("job_entries", 0), ("sustained_13", 4)):
            work.session.add(
                ProfileFigure(
                    programme_id=programme.id,
                    measure=measure,
                    from_on=WISH.from_on,
                    to_on=WISH.to_on,
                    figure=planned,
                )
            )
    planned_return = prepare(vault, WISH, Watch.silent())
    starts = len(next(each for each in planned_return.figures if each.id == "starts").client_ids)
    assert figure(planned_return, "starts") == f"{starts} (profile 20, {round(5 * starts)}%)"
    assert figure(planned_return, "first-job-starts").endswith("(profile 0)")
    assert figure(planned_return, "sustained-13").startswith("In work: 0 (profile 4, 0%); ")


def test_a_public_return_asks_for_ten(vault: OpenVault, prepared: PreparedReturn) -> None:
    public = prepare(vault, replace(WISH, audience="public"), Watch.silent())
    assert (prepared.threshold, public.threshold) == (5, 10)
    assert public.cost.hidden > prepared.cost.hidden


def test_an_unknown_programme_is_refused_with_the_known_ones(vault: OpenVault) -> None:
    people(vault, 1)
    with pytest.raises(Refusal, match="no programme “nothing”") as refusal:
        prepare(vault, replace(WISH, programme_key="nothing"), Watch.silent())
    assert "grant" in refusal.value.message
    assert "programme_key" in refusal.value.fields


def test_a_programme_without_a_threshold_is_refused(vault: OpenVault) -> None:
    people(vault, 10)
    change(vault, threshold=None)
    with pytest.raises(Refusal, match="has no threshold for small numbers"):
        prepare(vault, WISH, Watch.silent())


def test_a_period_without_clients_is_refused(vault: OpenVault) -> None:
    people(vault, 0)
    with pytest.raises(Refusal, match="there is nothing to return"):
        prepare(vault, WISH, Watch.silent())


def test_a_handful_of_clients_is_refused_without_saying_how_many(vault: OpenVault) -> None:
    people(vault, 3)
    with pytest.raises(Refusal, match="Fewer than 5 people") as refusal:
        prepare(vault, WISH, Watch.silent())
    assert "3" not in refusal.value.message.replace("30 September", "")


def test_impossible_dates_are_refused_before_anything_is_read(vault: OpenVault) -> None:
    with pytest.raises(Refusal, match="before it starts"):
        prepare(vault, replace(WISH, to_on=dt.date(2026, 6, 1)), Watch.silent())
    with pytest.raises(Refusal, match="in the future"):
        prepare(vault, replace(WISH, as_at=dt.date(2026, 10, 6)), Watch.silent())


def test_a_small_service_gets_its_totals_only(vault: OpenVault) -> None:
    people(vault, 15)
    small = prepare(vault, WISH, Watch.silent())
    assert not [table for table in small.tables if "-by-" in table.id]
    assert next(each for each in small.figures if each.id == "reach").printed_words == "15"
    (said,) = quality_blocks(small)
    assert isinstance(said, Text)
    assert said.text.startswith("No breakdown of the people supported is printed")


def test_it_can_be_stopped(vault: OpenVault) -> None:
    people(vault, 30)
    said: list[str] = []
    watch = Watch(lambda _fraction, words: said.append(words), lambda: len(said) > 1)
    with pytest.raises(Cancelled):
        prepare(vault, WISH, watch)
    assert said


def test_every_definition_that_ships_has_all_its_fields() -> None:
    catalogue = read_catalogue()
    assert len({each.id for each in catalogue}) == len(catalogue)
    for each in catalogue:
        assert all((each.title, each.definition, each.unit, each.evidence, each.formula, each.source))


def test_the_wording_in_force_on_the_day_is_taken() -> None:
    old = replace(
        read_catalogue()[0], valid_from=dt.date(2025, 1, 1), valid_to=dt.date(2025, 12, 31), title="Old"
    )
    new = replace(old, valid_from=dt.date(2026, 1, 1), valid_to=None, title="New")
    assert definition_on((new, old), old.id, dt.date(2025, 6, 1)).title == "Old"
    assert definition_on((new, old), old.id, dt.date(2026, 6, 1)).title == "New"
    assert definition_on((new, old), old.id, dt.date(2020, 6, 1)).title == "Old"
    with pytest.raises(KeyError):
        definition_on((new,), "unknown", dt.date(2026, 6, 1))


def test_a_broken_indicator_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("[[indicator]]\nid = 1\n", encoding="utf-8")
    with pytest.raises(Trouble, match=r"mine\.toml cannot be read"):
        read_catalogue(tmp_path)
