"""Printing the papers of health at work: one at a time, stopped, refused; and the lines of an award in words."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from coachdesk.casework.awards import AwardRow, ClaimRow
from coachdesk.desk.counter import Desk, Executors
from coachdesk.errors import Cancelled, Refusal
from coachdesk.models import new_id
from coachdesk.ui.code_book import CodeBook
from coachdesk.ui.dialogs import ScriptedDialogs
from coachdesk.ui.health_at_work.award_lines import award_words, claim_words
from coachdesk.ui.health_at_work.printing import HealthPrinting, Printed
from coachdesk.ui.messages import Messages
from coachdesk.ui.office import Office
from coachdesk.ui.theme import Theme
from coachdesk.vault.opened import OpenVault
from tests.vault_fixtures import TODAY

Write = Callable[[Any, Any, Any], Path]


class Bench:
    """Something that prints, and what was asked of it."""

    def __init__(self, vault: OpenVault, theme: Theme, folder: Path) -> None:
        self.dialogs = ScriptedDialogs()
        desk = Desk(vault, Executors.inline())
        settings = QSettings(str(folder / "look.ini"), QSettings.Format.IniFormat)
        office = Office(desk, self.dialogs, Messages(), theme, settings, CodeBook(desk))
        self.printing = HealthPrinting(office)
        self.target = folder / "paper.pdf"
        self.wishes: list[Any] = []

    def print_with(self, write: Write) -> str:
        self.dialogs.script(self.target)
        self.ask_for(write)
        return self.printing.found.text()

    def ask_for(self, write: Write) -> None:
        self.printing.print_paper(Printed(file_name="paper.pdf", write=write, wish=self._wish))

    def _wish(self, target: Path) -> Path:
        self.wishes.append(target)
        return target


@pytest.fixture
def bench(vault: OpenVault, theme: Theme, tmp_path: Path, qtbot: QtBot) -> Bench:
    made = Bench(vault, theme, tmp_path)
    qtbot.addWidget(made.printing)
    return made


def test_what_came_of_printing_is_said_and_goes_with_the_client(bench: Bench, qtbot: QtBot) -> None:
    def written(_vault: Any, wish: Path, watch: Any) -> Path:
        watch.progress(0.5, "Halfway")
        bench.ask_for(refused)  # another while this one is being written: nothing is asked, nothing happens
        return wish

    def refused(_vault: Any, _wish: Any, _watch: Any) -> Path:
        raise Refusal("No steps.", fields={"steps": "Add one."})

    def stopped(_vault: Any, _wish: Any, _watch: Any) -> Path:
        bench.printing.progress.cancelled.emit()
        raise Cancelled

    with qtbot.waitSignal(bench.printing.done):
        said = bench.print_with(written)
    assert said.startswith(f"Ready to print: {bench.target}")
    assert bench.wishes == [bench.target]
    assert bench.print_with(refused) == "No steps. Add one."
    assert bench.print_with(stopped) == "Stopped. Nothing was written."
    bench.printing.leave_client()
    assert bench.printing.isHidden()


def test_an_item_and_a_claim_say_what_is_known_and_no_more() -> None:
    item = AwardRow(
        id=new_id(), what="Chair", sort="not_asked", sort_words="", amount_pence=None, per="once",
        from_on=None, until_on=None, in_place_on=None, note="",
    )  # fmt: skip
    assert award_words(item) == "Chair"
    assert award_words(replace(item, note="Desk Ltd, £240")) == "Chair\nDesk Ltd, £240"
    claim = ClaimRow(
        id=new_id(), item_id=None, item="", from_on=None, to_on=None, amount_pence=500, sent_on=None,
        paid_on=TODAY, note="",
    )  # fmt: skip
    assert claim_words(claim) == "Claim of £5.00  ·  paid Mon 5 Oct 2026"
