"""Two places change the same record: whoever saves second is told, beside the fields, and loses nothing."""

import pytest

from coachdesk.casework.details import SaveDetails, read_details, save_details
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading
from tests.journeys.caseload import Caseload
from tests.journeys.desk_window import DeskWindow, seen
from tests.makers import do

pytestmark = pytest.mark.journey


def test_fault_40_what_was_saved_meanwhile_is_told_beside_what_was_typed(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    desk.open(caseload.today)
    desk.tab("details")
    desk.press("Change details", desk.view)
    (side,) = seen(desk.view.stack, SideForm)
    form = side.form
    assert form is not None
    form.input("risk_note").set_raw("Large dog at home")
    form.input("may_call").set_raw("no")
    other = {"risk_note": "Stairs are dark", "phone": "07700 900 111", "may_call": "yes"}
    do(vault, save_details, SaveDetails(client_id=caseload.today, values=other))
    desk.view.refresh()
    desk.click(side.save_button)
    told = form.refusals()
    assert told["risk_note"] == "Saved here meanwhile: “Stairs are dark”"
    assert told["may_call"] == "Somebody chose another answer here meanwhile."
    assert "changed while your form was open" in told[""]
    assert form.raw()["risk_note"] == "Large dog at home"
    desk.click(side.save_button)
    assert not side.isVisible()
    with reading(vault) as session:
        now = read_details(session, caseload.today).values
    assert (now["risk_note"], now["may_call"]) == ("Large dog at home", "no")
    assert now["phone"] == "07700 900 111"
    desk.press("Change details", desk.view)
    again = side.form
    assert again is not None
    again.input("risk_note").set_raw("Larger dog")
    do(vault, save_details, SaveDetails(client_id=caseload.today, values={"risk_note": ""}))
    desk.click(side.save_button)
    assert again.refusals()["risk_note"] == "Somebody emptied this meanwhile."
