"""The worked story on one screen: two employers, five days between, and each funder's rule told in words."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QPixmap
from pytestqt.qtbot import QtBot

from coachdesk.casework.work import EndJob, end_job
from coachdesk.ui.outcomes.answer_line import AnswerLine
from coachdesk.ui.outcomes.strip import CalendarStrip
from coachdesk.ui.outcomes.sustained_card import SustainedCard
from coachdesk.ui.theme import Theme
from coachdesk.vault.opened import OpenVault
from tests.casework.sustained.story import LEFT, TRUST, Story, the_story
from tests.journeys.desk_window import DeskWindow, seen
from tests.makers import a_client, keep


@pytest.fixture
def story(vault: OpenVault) -> Story:
    return the_story(vault)


@pytest.fixture
def desk(story: Story, vault: OpenVault, qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[DeskWindow]:
    opened = DeskWindow(vault, qtbot, theme, tmp_path)
    opened.open(story.client)
    opened.tab("work")
    yield opened
    opened.close()


def card(desk: DeskWindow) -> SustainedCard:
    (found,) = seen(desk.view, SustainedCard)
    return found


def lines(desk: DeskWindow) -> dict[str, AnswerLine]:
    return {line.answer.key: line for line in card(desk).answers()}


def look_at(desk: DeskWindow, key: str) -> None:
    box = card(desk).others
    place = box.findData(key)
    box.setCurrentIndex(place)
    box.activated.emit(place)


def test_four_funders_rules_are_each_told_on_one_screen(desk: DeskWindow) -> None:
    said = {key: line.verdict.text() for key, line in lines(desk).items()}
    assert said == {
        "in-work-13": "Not reached, and cannot be any more",
        "in-work-26": "Not reached, and cannot be any more",
        "in-work-52": "Not reached, and cannot be any more",
        TRUST: "Reached on 7 Sep 2026",
        "ipspc-baseline": "Reached on 13 Sep 2026, resting on estimates",
    }
    desk.press("Show how: In work at 13 weeks")
    line = lines(desk)["in-work-13"]
    words = desk.words(line)
    assert "Days in no job from then to 7 Sep 2026: 5 days; allowed: 0." in words
    assert "Still needed, one of: Payslip" in words
    (strip,) = seen(line, CalendarStrip)
    assert strip.accessibleName() == (
        "In work at 13 weeks: 8 Jun to 9 Aug 2026 counts; 10 Aug to 14 Aug 2026 in no job; "
        "15 Aug to 7 Sep 2026 counts"
    )
    assert line.height() < card(desk).window().height()
    desk.press("The same in figures: In work at 13 weeks")
    assert "10 Aug to 14 Aug 2026: 5 days. In no job" in desk.words(lines(desk)["in-work-13"])
    desk.press("Show how: IPS in primary care: baseline threshold")
    assert not seen(lines(desk)["in-work-13"], CalendarStrip)
    assert "Payslip for 15 Aug to 13 Sep 2026" in desk.words(lines(desk)["ipspc-baseline"])
    desk.press("Close: IPS in primary care: baseline threshold")
    assert not seen(card(desk), CalendarStrip)


def test_another_funders_rule_is_looked_at_on_wish(desk: DeskWindow) -> None:
    look_at(desk, "whp-earnings")
    found = lines(desk)["whp-earnings"]
    assert found.verdict.text() == "Not reached yet: 22 Nov 2026 if nothing changes"
    assert "Still to be earned: £1,785.97." in desk.words(found)
    look_at(desk, "connect-to-work-earnings")
    blank = lines(desk)["connect-to-work-earnings"]
    assert "It lacks the sum that has to be earned." in desk.words(blank)
    assert not seen(blank, CalendarStrip)
    look_at(desk, "")
    assert set(lines(desk)) >= {"whp-earnings", "connect-to-work-earnings"}


def test_a_job_that_changes_changes_the_answer_on_the_page(desk: DeskWindow, story: Story) -> None:
    desk.desk.do(end_job, EndJob(job_id=story.second, ended_on=LEFT.replace(day=31)))
    assert lines(desk)[TRUST].verdict.text() == "Not reached, and cannot be any more"


def test_every_kind_of_days_can_be_drawn(desk: DeskWindow) -> None:
    desk.press("Show how: IPS in primary care: baseline threshold")
    (strip,) = seen(card(desk), CalendarStrip)
    picture = QPixmap(strip.size())
    strip.render(picture)
    colours = {picture.toImage().pixelColor(x, 12).name() for x in range(strip.width())}
    assert len(colours) > 2
    assert strip.minimumSizeHint().height() == strip.sizeHint().height()


def test_nobody_without_a_job_has_the_card(desk: DeskWindow, vault: OpenVault) -> None:
    other = a_client(first_name="Nobody")
    keep(vault, other)
    desk.open(other.id)
    desk.tab("work")
    assert not seen(desk.view, SustainedCard)
