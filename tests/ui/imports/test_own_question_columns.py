"""Questions of our own among what a column can be: proposed by their words, chosen by hand, answers brought in."""

from pathlib import Path

from sqlalchemy import select

from coachdesk.casework.custom_fields import AddCustomField, add_custom_field
from coachdesk.models import CustomAnswer
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading
from tests.journeys.conftest import Opener
from tests.journeys.conftest import open_desk as open_desk  # noqa: PLC0414  the window's own maker, used here too
from tests.journeys.desk_window import settle
from tests.makers import do, furnished

SHEET = "Ref,Surname,Has a bike,Notes of ours\nC1,Bell,yes,Tea first\n"


def test_a_column_is_given_a_question_of_our_own(vault: OpenVault, open_desk: Opener, tmp_path: Path) -> None:
    furnished(vault)
    do(vault, add_custom_field, AddCustomField(title="Has a bike", sort="yes_no"))
    desk = open_desk(vault)
    desk.window.go("import")
    desk.desk.do(add_custom_field, AddCustomField(title="What helps to settle", sort="text"))
    settle()
    sheet = tmp_path / "clients.csv"
    sheet.write_text(SHEET, encoding="utf-8")
    desk.imports.read_files((sheet,))
    settle()
    boxes = desk.imports.columns.boxes[0]
    assert boxes["Has a bike"].currentText() == "Has a bike"
    box = boxes["Notes of ours"]
    assert box.currentData() == ""
    box.setCurrentIndex(box.findText("What helps to settle"))
    box.activated.emit(box.currentIndex())
    desk.click(desk.imports.next_button)
    desk.click(desk.imports.next_button)
    assert desk.imports.done.isVisible()
    with reading(vault) as session:
        values = [one.value for one in session.scalars(select(CustomAnswer).order_by(CustomAnswer.id))]
    assert values == [{"yes_no": "yes"}, {"text": "Tea first"}]
