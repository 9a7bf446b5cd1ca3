"""From a line of Today to the referral on that it calls for."""

from typing import TYPE_CHECKING

from coachdesk.casework.onward_due import KIND
from coachdesk.casework.today import DueItem
from coachdesk.ui.clients.client_tabs import TABS
from coachdesk.ui.services.onward_card import FOLLOW

if TYPE_CHECKING:
    from coachdesk.ui.clients.client_view import ClientView


def answers_onward(view: "ClientView", due: DueItem | None) -> bool:
    """Open the form of the referral that a line of Today calls for; return whether it is one of them."""
    if due is None or due.ref.kind != KIND:
        return False
    view.show_tab("papers")
    view.parts[TABS.index("papers")].go_on(FOLLOW, due.ref.record_id.hex)
    return True
