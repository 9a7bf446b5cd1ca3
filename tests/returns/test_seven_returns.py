"""Seven returns of the practice world: four quarters, a year to date, a second funder, and a revised second quarter.

A stranger who gathers all their files, and knows whose people lie within whose, learns of nobody.
"""

import datetime as dt
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from coachdesk.casework.furnish import furnish_vault
from coachdesk.casework.practice import PracticeWish, make_practice
from coachdesk.clock import FixedClock
from coachdesk.errors import Refusal
from coachdesk.models import Client, Enrolment, Organisation, Programme
from coachdesk.returns.attack import attack, merge_releases
from coachdesk.returns.choice import ProtectionChoice
from coachdesk.returns.issue import issue
from coachdesk.returns.prepare import prepare
from coachdesk.returns.wishes import IssueWish, PreparedReturn, ReturnWish
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import unit_of_work
from tests.vault_fixtures import TODAY, Template

FIRST, SECOND = "connect-to-work", "community-grant"
QUARTERS = (("2025-10-01", "2025-12-31"), ("2026-01-01", "2026-03-31"), ("2026-04-01", "2026-06-30"))
LAST = ("2026-07-01", "2026-09-30")
REASON = "A start was written down late"


@dataclass(frozen=True, slots=True)
class Pack:
    """A return as it was issued: what the files say, and what only the vault knows."""

    prepared: PreparedReturn
    release: dict[str, Any]

    @property
    def people(self) -> dict[str, frozenset[Any]]:
        return {figure.id: frozenset(figure.client_ids) for figure in self.prepared.figures}

    @property
    def counts(self) -> dict[str, dict[tuple[str, ...], int]]:
        return {
            table["id"]: {tuple(key): count for key, count, _ in table["cells"]}
            for table in self.prepared.counted["tables"]
        }


def wish(programme: str, first: str, last: str, reason: str = "") -> ReturnWish:
    to_on = dt.date.fromisoformat(last)
    return ReturnWish(
        programme_key=programme,
        from_on=dt.date.fromisoformat(first),
        to_on=to_on,
        as_at=TODAY if reason else to_on + dt.timedelta(days=5),
        reason=reason,
        choice=ProtectionChoice(seconds=2),
    )


def issued(vault: OpenVault, asked: ReturnWish, folder: Path) -> Pack:
    prepared = prepare(vault, asked, Watch.silent())
    issue(vault, IssueWish(prepared=prepared, folder=folder, reason=asked.reason), Watch.silent())
    return Pack(prepared, json.loads((folder / "release.json").read_text(encoding="utf-8")))


def write_down_late(vault: OpenVault) -> None:
    with unit_of_work(vault, label="Wrote down a start late") as work:
        programme = work.session.scalars(select(Programme).where(Programme.key == FIRST)).one()
        late = Client(first_name="Late", last_name="Invented", reference="LATE1")
        work.session.add(late)
        work.session.flush()
        day = dt.date(2026, 2, 10)
        work.session.add(
            Enrolment(
                client_id=late.id,
                programme_id=programme.id,
                received_on=day,
                accepted_on=day,
                started_on=day,
                route="out_of_work",
            )
        )


@pytest.fixture(scope="module")
def packs(vault_template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Pack]]:
    folder = tmp_path_factory.mktemp("seven")
    vault = vault_template.opened(vault_template.copied_to(folder / "World.coachdesk"), FixedClock.on(TODAY))
    with unit_of_work(vault, label="Made it a practice world") as work:
        work.session.scalars(select(Organisation)).one().is_practice = True
    furnish_vault(vault)
    make_practice(vault, PracticeWish(today=TODAY, contacts_each=1), Watch.silent())
    asked = [
        *(wish(FIRST, *days) for days in (*QUARTERS, LAST)),
        wish(FIRST, QUARTERS[2][0], LAST[1]),
        wish(SECOND, *LAST),
    ]
    found = [issued(vault, one, folder / f"return {number}") for number, one in enumerate(asked)]
    write_down_late(vault)
    with pytest.raises(Refusal, match="Say why it is issued anew"):
        prepare(vault, wish(FIRST, QUARTERS[1][0], "2026-03-31"), Watch.silent())
    revised = wish(FIRST, *QUARTERS[1], reason=REASON)
    found.append(issued(vault, revised, folder / "return revised"))
    yield found
    vault.close()


def renamed(pack: Pack, number: int) -> dict[str, Any]:
    """Return a release whose tables are told apart from those of the others."""

    def name(table: str) -> str:
        return f"{number}: {table}"

    relations = []
    for relation in pack.release["relations"]:
        told = {**relation}
        for key in ("tables", "parts"):
            if key in told:
                told[key] = [name(table) for table in told[key]]
        for key in ("part", "whole", "total"):
            if key in told:
                told[key] = name(told[key])
        if "terms" in told:
            told["terms"] = [[factor, name(cell)] for factor, cell in told["terms"]]
        relations.append(told)
    tables = [{**table, "id": name(table["id"])} for table in pack.release["tables"]]
    return {**pack.release, "tables": tables, "relations": relations}


def ties(packs: list[Pack]) -> list[dict[str, Any]]:
    """Return what a reader knows who is told which return's people lie within which other's, table by table."""
    told = []
    for (one, part), (other, whole) in permutations(enumerate(packs), 2):
        parts, wholes = part.counts, whole.counts
        for table in parts.keys() & wholes.keys():
            figure = table.partition("-by-")[0]
            inside, outside = part.people.get(figure), whole.people.get(figure)
            if (
                not inside
                or not outside
                or not inside < outside
                or parts[table].keys() != wholes[table].keys()
            ):
                continue
            if all(count <= wholes[table][key] for key, count in parts[table].items()):
                told.append(
                    {
                        "type": "subset",
                        "part": f"{one}: {table}",
                        "whole": f"{other}: {table}",
                        "protect": True,
                    }
                )
    return told


def test_each_return_is_safe_and_keeps_its_breakdowns(packs: list[Pack]) -> None:
    for pack in packs:
        assert attack(pack.release).verdict == "safe"
        divided = [table for table in pack.release["tables"] if table["dims"]]
        assert len(divided) >= 8, pack.prepared.safety
        cost = pack.prepared.cost
        asked = pack.prepared.wish
        sys.stdout.write(
            f"{asked.programme_key} {asked.period.key}: {cost.hidden} of {cost.cells} withheld\n"
        )
    assert [pack.prepared.earlier for pack in packs] == [0, 1, 2, 3, 4, 5, 6]
    assert "revised return" in packs[-1].prepared.safety[-1]


def test_the_second_funder_counts_some_of_the_same_people(packs: list[Pack]) -> None:
    quarter, funder = packs[3], packs[5]
    both = quarter.people["reach"] & funder.people["reach"]
    assert len(both) >= 5
    assert funder.people["reach"] - both, "and some of its own"


def test_all_files_together_give_nobody_away(packs: list[Pack]) -> None:
    together = merge_releases(renamed(pack, number) for number, pack in enumerate(packs))
    across = ties(packs)
    assert len({(tie["part"][0], tie["whole"][0]) for tie in across}) >= 3, (
        "quarters in the year, first in revised"
    )
    together["relations"] = [*together["relations"], *across]
    found = attack(together)
    assert [violation.words for violation in found.violations] == []
    assert found.verdict == "safe"
