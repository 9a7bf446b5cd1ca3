"""Questions of our own as breakdowns of a return: issued, proved, attacked, and counted once more by plain SQL."""

import csv
import datetime as dt
import io
import json
import random
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text

from coachdesk.casework.custom_answers import SaveCustomAnswers, save_custom_answers
from coachdesk.casework.custom_fields import (
    AddCustomField,
    ChangeCustomField,
    RetireCustomField,
    add_custom_field,
    change_custom_field,
    retire_custom_field,
)
from coachdesk.casework.erasing import EraseClient, erase_client
from coachdesk.casework.furnish import furnish_vault
from coachdesk.models import CustomAnswer, Enrolment, Programme
from coachdesk.returns.attack import attack
from coachdesk.returns.custom_breakdowns import custom_breakdowns
from coachdesk.returns.issue import CELLS, RELEASE, issue
from coachdesk.returns.prepare import prepare
from coachdesk.returns.tables import in_a_sentence
from coachdesk.returns.wishes import Issued, IssueWish, PreparedReturn, ReturnWish, ShownTable
from coachdesk.terms import Unstated
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading
from tests.makers import do, keep, programme_id
from tests.returns.plain_figures import PEOPLE
from tests.returns.return_world import AS_AT, Q2, World
from tests.returns.test_prepare import WISH, people

LANGUAGES = ("English", "Polish", "Urdu", "Welsh", "Cornish")
WHY = tuple(str(one) for one in Unstated)
SAID = """SELECT DISTINCT a.client_id, choice.value ->> '$[1]' FROM custom_answer a
JOIN custom_field f ON f.id = a.field_id, json_each(f.choices) choice, json_each(a.value -> '$.{sort}') given
WHERE f.key = :key AND choice.value ->> '$[0]' = given.value AND a.archived_at IS NULL"""
YES_NO = """SELECT a.client_id, CASE a.value ->> '$.yes_no' WHEN 'yes' THEN 'Yes' WHEN 'no' THEN 'No' END
FROM custom_answer a JOIN custom_field f ON f.id = a.field_id WHERE f.key = :key AND a.value ->> '$.yes_no' <> ''"""


class Asking:
    """A caseload of 120 and what each of them was asked."""

    def __init__(self, vault: OpenVault) -> None:
        self.vault = vault
        people(vault, 120)
        with reading(vault) as session:
            self.programme = session.scalars(select(Programme.id).where(Programme.key == "grant")).one()
            self.clients = list(session.scalars(select(Enrolment.client_id).order_by(Enrolment.id)))
        self.language = self.add("First language?", "choice", choices=LANGUAGES, programme_id=self.programme)
        self.spoken = self.add("NHS languages | spoken", "choices", choices=LANGUAGES)
        self.bike = self.add("Headings", "yes_no")

    def add(self, title: str, sort: str, **more: Any) -> UUID:
        wish = AddCustomField(**{"title": title, "sort": sort, "is_breakdown": True, **more})
        return do(self.vault, add_custom_field, wish)[0]

    def answer(self, seed: int = 7) -> None:
        chance = random.Random(seed)  # noqa: S311 - invented people
        keys = ("english", "polish", "urdu", "welsh")
        for client in self.clients:
            spoken = tuple(key for key in keys if chance.random() < 0.4)
            unsaid = chance.choice(WHY)
            answers: dict[UUID, Any] = {
                self.language: chance.choice([*keys, *WHY]),
                self.spoken: spoken or unsaid,
                self.bike: chance.choice(("yes", "yes", "no", *WHY)),
            }
            do(self.vault, save_custom_answers, SaveCustomAnswers(client_id=client, answers=answers))

    def prepared(self, wish: ReturnWish = WISH) -> PreparedReturn:
        return prepare(self.vault, wish, Watch.silent())

    def names(self) -> list[str]:
        with reading(self.vault) as session:
            programme = session.get_one(Programme, self.programme)
            world = World.__new__(World)
            world.programme = programme
            return [one.name for one in custom_breakdowns(session, world.scope())]

    def plainly(self, key: str, sort: str, figure: str) -> tuple[Counter[str], int, int]:
        """Return what plain SQL counts under each answer, under none, and under several, of a figure's people."""
        values = {
            "programme": self.programme.bytes,
            "first": Q2.from_on.isoformat(),
            "last": Q2.to_on.isoformat(),
            "as_at": AS_AT.isoformat(),
        }
        with reading(self.vault) as session:
            behind = {row[0] for row in session.execute(text(PEOPLE[figure]), values)}
            query = YES_NO if sort == "yes_no" else SAID.format(sort=sort)
            said = [row for row in session.execute(text(query), {"key": key}) if row[0] in behind]
        often = Counter(client for client, _ in said)
        several = sum(1 for count in often.values() if count > 1)
        return Counter(label for _, label in said), len(behind) - len(often), several


@pytest.fixture
def asking(vault: OpenVault) -> Asking:
    return Asking(vault)


def shown(prepared: PreparedReturn, table_id: str) -> ShownTable:
    return next(one for one in prepared.tables if one.id == table_id)


def issued(asking: Asking, prepared: PreparedReturn, folder: Path) -> Issued:
    return issue(asking.vault, IssueWish(prepared=prepared, folder=folder), Watch.silent())


def test_a_return_with_breakdowns_of_our_own_is_issued_proved_and_safe(
    asking: Asking, tmp_path: Path
) -> None:
    asking.answer()
    prepared = asking.prepared()
    done = issued(asking, prepared, tmp_path / "return")
    release = json.loads((done.folder / RELEASE).read_bytes())
    assert attack(release).verdict == "safe"
    told = {table["id"]: table for table in release["tables"]}
    cells = list(csv.DictReader(io.StringIO((done.folder / CELLS).read_text("utf-8-sig"))))
    checked = 0
    for name, key, sort in (
        ("first-language-own", "first_language", "choice"),
        ("nhs-languages-spoken-own", "nhs_languages_spoken", "choices"),
        ("headings-own", "headings", "yes_no"),
    ):
        for figure in ("reach", "starts", "active-caseload"):
            counts, unstated, several = asking.plainly(key, sort, figure)
            table = shown(prepared, f"{figure}-by-{name}")
            total = int(table.rows[-1][1])
            for label, number, _ in table.rows[:-1]:
                plain = unstated if label == "Not stated" else counts[label]
                assert number in (str(plain), "[c]"), (table.id, label)
                assert number != "[c]" or 0 <= plain <= total
                assert not (number != "[c]" and 0 < plain < prepared.threshold)
                checked += number != "[c]"
                (cell,) = (one for one in cells if one["table"] == table.id and one["label_1"] == label)
                assert (cell["mark"] or cell["value"]) == number
            more = f"under more than one heading: {several if sort == 'choices' else 0};"
            assert more in table.proof or "under more than one heading: [c];" in table.proof
            assert table.proof.startswith(f"Unique people: {total}; ")
            (blank,) = (number for label, number, _ in table.rows if label == "Not stated")
            assert f"not stated: {blank}; total: {total}." in table.proof
            assert told[table.id]["dims"][0]["name"] == name
    assert checked > 30, "withholding everything would be safe as well"


def test_several_answers_say_that_they_never_add_up(asking: Asking) -> None:
    asking.answer()
    prepared = asking.prepared()
    table = shown(prepared, "reach-by-nhs-languages-spoken-own")
    assert "the lines add up to more than the total, which counts everybody once" in table.note
    assert table.title.endswith("by NHS languages | spoken")
    assert "NHS languages | spoken not stated:" in table.proof
    counts, unstated, several = asking.plainly("nhs_languages_spoken", "choices", "reach")
    assert several > 5
    assert sum(counts.values()) + unstated > int(table.rows[-1][1])
    headings = next(
        one for one in prepared.release["tables"] if one["id"] == "reach-by-nhs-languages-spoken-own-headings"
    )
    assert headings["dims"][0]["labels"][:2] == ["One answer", "More than one answer"]
    one = shown(prepared, "reach-by-first-language-own")
    assert one.note.startswith("Asked as “First language?”. As recorded;")
    assert "First language" not in one.title
    assert one.title.endswith("by first language")


def test_the_four_non_answers_stand_in_one_column(asking: Asking) -> None:
    for place, client in enumerate(asking.clients):
        told = ("english", "polish", *WHY)[place % 6]
        wish = SaveCustomAnswers(client_id=client, answers={asking.language: told})
        do(asking.vault, save_custom_answers, wish)
    with reading(asking.vault) as session:
        world = World.__new__(World)
        world.programme = session.get_one(Programme, asking.programme)
        breakdown = custom_breakdowns(session, world.scope())[0]
    everybody = frozenset(asking.clients)
    assert len(breakdown.among(everybody, "Not stated")) == 80
    assert len(breakdown.among(everybody, "English")) == len(breakdown.among(everybody, "Polish")) == 20
    assert breakdown.dimension.sensitive == {*LANGUAGES}, "nobody may learn that a whole group gave an answer"
    assert breakdown.dimension.kind == "partition"


def test_only_what_is_asked_on_the_programme_and_meant_as_a_heading(asking: Asking) -> None:
    furnish_vault(asking.vault)
    with reading(asking.vault) as session:
        other = programme_id(session, "workwell")
    asking.add("Of another programme", "yes_no", programme_id=other)
    asking.add("Not a heading", "yes_no", is_breakdown=False)
    asking.add("In words", "text", is_breakdown=False)
    retired = asking.add("No longer asked", "yes_no")
    do(asking.vault, retire_custom_field, RetireCustomField(field_id=retired, on=dt.date(2026, 9, 1)))
    assert asking.names() == ["first-language-own", "nhs-languages-spoken-own", "headings-own"]


def test_a_retired_answer_stays_a_line_where_somebody_gave_it(asking: Asking) -> None:
    asking.answer()
    wish = ChangeCustomField(
        field_id=asking.language, title="First language?", sort="choice", is_breakdown=True,
        programme_id=asking.programme, offered=("english", "urdu", "welsh"), more=("Romani",),
    )  # fmt: skip
    do(asking.vault, change_custom_field, wish)
    table = shown(asking.prepared(), "reach-by-first-language-own")
    assert [row[0] for row in table.rows] == [
        "English", "Urdu", "Welsh", "Romani", "Polish", "Not stated", "Total",
    ]  # fmt: skip


def test_an_answer_that_is_in_no_list_any_more_still_counts(asking: Asking) -> None:
    with reading(asking.vault) as session:
        world = World.__new__(World)
        world.programme = session.get_one(Programme, asking.programme)
    answer = CustomAnswer(
        client_id=asking.clients[0], field_id=asking.language, value={"choice": "manx|gaelic"}
    )
    keep(asking.vault, answer)
    with reading(asking.vault) as session:
        breakdown = custom_breakdowns(session, world.scope())[0]
    assert breakdown.under == {"manx/gaelic": frozenset({asking.clients[0]})}
    assert breakdown.dimension.labels[-2:] == ("manx/gaelic", "Not stated")


def test_who_was_erased_is_counted_under_the_same_answer(asking: Asking) -> None:
    asking.answer()
    before = asking.plainly("first_language", "choice", "reach")
    for client in asking.clients[:3]:
        do(asking.vault, erase_client, EraseClient(client_id=client, reason="Asked by the person"))
    assert asking.plainly("first_language", "choice", "reach") == before
    assert shown(asking.prepared(), "reach-by-first-language-own").rows[-1][1] == "120"


def test_a_second_return_is_safe_beside_the_first_when_answers_changed(
    asking: Asking, tmp_path: Path
) -> None:
    asking.answer()
    issued(asking, asking.prepared(), tmp_path / "first")
    answers = {asking.language: "urdu", asking.spoken: ("polish",), asking.bike: "no"}
    for client in asking.clients[:2]:
        do(asking.vault, save_custom_answers, SaveCustomAnswers(client_id=client, answers=answers))
    again = asking.prepared(replace(WISH, reason="Answers were put right"))
    assert (again.is_safe, again.earlier) == (True, 1)
    done = issued(asking, again, tmp_path / "second")
    assert attack(json.loads((done.folder / RELEASE).read_bytes())).verdict == "safe"


@pytest.mark.parametrize(
    ("title", "within"),
    [
        ("Ethnic group", "ethnic group"),
        ("NHS referral", "NHS referral"),
        ("Sex", "sex"),
        ("iPad", "iPad"),
        ("A level", "a level"),
    ],
)
def test_a_title_within_a_sentence(title: str, within: str) -> None:
    assert in_a_sentence(title) == within
