"""Answers to one question may come home in another order than they were asked in: only the newest counts."""

from collections.abc import Callable
from typing import Any

import pytest

from coachdesk.casework.holding import suggest_redactions
from coachdesk.ui.rights.page import RightsPage
from coachdesk.vault.opened import OpenVault
from tests.journeys.desk_window import DeskWindow
from tests.makers import ask
from tests.ui.rights.rights_world import RightsWorld


def test_an_older_answer_does_not_lead_back_to_a_passage_that_is_decided(
    rights: RightsPage,
    desk: DeskWindow,
    vault: OpenVault,
    world: RightsWorld,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pack = rights.requests.request.pack
    rights.requests.show_request(world.access.hex)
    before = ask(vault, suggest_redactions, world.access)
    waiting: list[Callable[[Any], None]] = []
    at_once = desk.desk.ask

    def later(query: Any, question: Any, then: Any, **more: Any) -> None:
        if query is suggest_redactions:
            waiting.append(then)
        else:
            at_once(query, question, then, **more)

    monkeypatch.setattr(desk.desk, "ask", later)
    desk.click(pack.out_button)
    assert len(waiting) > 1
    *older, newest = waiting
    older[0](before)
    newest(ask(vault, suggest_redactions, world.access))
    for answer in older:
        answer(before)
    assert "1 of 3" in pack.count.text()
    assert "Passage 2 of 3" in pack.where.text()
