"""Two employers, a client who works at one of them, and the page of employers as a journey uses it."""

from typing import Any

from coachdesk.models import Client, Employer
from coachdesk.ui.employers.page import EmployersPage
from coachdesk.ui.forms.form import Form
from coachdesk.vault.opened import OpenVault
from tests.journeys.desk_window import DeskWindow, page, settle
from tests.makers import (
    a_client,
    a_job,
    an_employer,
    days_ago,
    keep,
)


def employers(desk: DeskWindow) -> EmployersPage:
    return page(desk.window.pages["employers"], EmployersPage)


def there(desk: DeskWindow) -> EmployersPage:
    desk.window.go("employers")
    found = employers(desk)
    desk.until(found.pane.words.text)
    settle()
    return found


def named(found: EmployersPage) -> list[str]:
    return [one.title for one in found.pane.list.items()]


def shown(desk: DeskWindow, name: str) -> EmployersPage:
    """Choose an employer from the list."""
    found = there(desk)
    line = next(one for one in found.pane.list.items() if one.title == name)
    found.pane.list.choose(line.id)
    desk.until(lambda: found.view.name.text() == name)
    settle()
    return found


def form_of(part: Any) -> Form:
    form = part.form.form
    assert isinstance(form, Form)
    return form


class World:
    """Two employers and a client of the coach's own who works at one of them."""

    def __init__(self, vault: OpenVault) -> None:
        self.vault = vault
        self.client: Client = a_client(coach_id=vault.coach_id, first_name="Zofia", last_name="Quill")
        self.bakery: Employer = an_employer(name="Quill Bakery", town="Kendal")
        self.mill: Employer = an_employer(
            name="Quill Mill", do_not_approach="Their request of May", is_anchor=True
        )
        keep(
            vault, self.client, self.bakery, self.mill,
            a_job(self.client, self.bakery, started_on=days_ago(210)),
            a_job(self.client, self.mill, started_on=days_ago(30), ended_on=days_ago(20)),
        )  # fmt: skip
