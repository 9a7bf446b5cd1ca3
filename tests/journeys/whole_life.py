"""The steps of one invented life at the desk, each a few keys and clicks in the real window."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import pikepdf
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget
from sqlalchemy import select

from coachdesk.models.base import Record
from coachdesk.ui.clients.action_list import ActionLine, ActionList
from coachdesk.ui.clients.client_tabs import TABS
from coachdesk.ui.clients.contacts_tab import ContactsTab
from coachdesk.ui.clients.details_tab import DetailsTab
from coachdesk.ui.clients.enrolment_tab import EnrolmentTab
from coachdesk.ui.clients.measures_tab import MeasuresTab
from coachdesk.ui.clients.papers_tab import PapersTab
from coachdesk.ui.clients.plan_tab import PlanTab
from coachdesk.ui.clients.profile_tab import ProfileTab
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.duplicates.page import DuplicatesPage
from coachdesk.ui.duplicates.pair_line import PairLine
from coachdesk.ui.enquiries.enquiry_line import EnquiryLine
from coachdesk.ui.enquiries.page import EnquiriesPage
from coachdesk.ui.groups.page import GroupsPage
from coachdesk.ui.team.page import TeamPage
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading
from tests.journeys.desk_window import DeskWindow, page, seen, settle
from tests.press.paper import Paper

Part = TypeVar("Part", bound=QWidget)
ENTER = (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


@dataclass
class Life:
    """One person at the desk: whose life it is, and the papers made on the way."""

    desk: DeskWindow
    folder: Path
    client: UUID = field(init=False)
    papers: list[Path] = field(default_factory=list)

    def tab(self, name: str, kind: type[Part]) -> Part:
        """Bring a tab of the person's page into sight and return it."""
        if self.desk.view.client_id != self.client or not self.desk.view.isVisible():
            self.desk.open(self.client)
        self.desk.tab(name)
        return page(self.desk.view.parts[TABS.index(name)], kind)

    def save(self, side: SideForm, **typed: Any) -> None:
        """Fill a form in and see it taken."""
        self.desk.fill(side.form, **typed)
        self.desk.click(side.save_button)
        assert side.form is None or not side.isVisible(), side.form.refusals()

    def next_paper(self, name: str) -> Path:
        """Answer the next question where a file goes."""
        target = self.folder / name
        self.desk.dialogs.script(target)
        self.papers.append(target)
        return target

    # --- coming in ---

    def asks(self, name: str, reach: str) -> None:
        """Take an enquiry down in its two fields."""
        self.desk.window.new_enquiry()
        self.save_enquiry(name=name, reach=reach)

    def save_enquiry(self, **typed: str) -> None:
        """Save the enquiry that is open."""
        form = page(self.desk.window.pages["enquiries"], EnquiriesPage).form
        self.desk.fill(form.form, **typed)
        self.desk.click(form.save_button)

    def becomes_a_client(self, **typed: str) -> None:
        """Make a client of the one enquiry that waits, after the look at who is here already."""
        (line,) = seen(page(self.desk.window.pages["enquiries"], EnquiriesPage), EnquiryLine)
        self.desk.click(line.buttons["becomes"])
        new = self.desk.window.clients.new
        assert not new.same.isVisible()
        self.desk.fill(new.form, **typed)
        self.desk.click(new.save_button)
        assert self.desk.window.clients.client_id is not None
        self.client = self.desk.window.clients.client_id

    def hears_the_notice(self, version: str, how: str) -> None:
        """Give the privacy notice."""
        self.tab("details", DetailsTab)
        self.desk.press("Notice given", self.desk.view)
        (form,) = seen(self.desk.view.stack, SideForm)
        self.save(form, version=version, how=how)

    def permits(self, **typed: Any) -> None:
        """Give a permission."""
        card = self.tab("details", DetailsTab).permissions
        self.desk.click(card.give_button)
        self.save(card.form, **typed)

    # --- the profile and the plan ---

    def tells(self, **answers: str) -> ProfileTab:
        """Fill some boxes of the vocational profile in, one key each."""
        profile = self.tab("profile", ProfileTab)
        for name, words in answers.items():
            profile.answers[name].box.setFocus()
            self.desk.type(words)
            self.desk.key(*ENTER)
        return profile

    def plans(self, kind: str) -> None:
        """Begin a plan."""
        self._in_plan("Start a plan", kind=kind)

    def adds_goal(self, own_words: str, area: str) -> None:
        """Add a goal in the client's words."""
        self._in_plan("Add a goal", own_words=own_words, area=area)

    def _in_plan(self, button: str, **typed: str) -> None:
        plan = self.tab("plan", PlanTab)
        self.desk.press(button, plan)
        self.save(plan.form, **typed)

    def adds_step(self, goal: int, what: str, when: str) -> None:
        """Add a step to the goal at a place."""
        steps = seen(self.tab("plan", PlanTab), ActionList)[goal]
        self.desk.click(steps.add_button)
        steps.what.setText(what)
        steps.when.setText(when)
        self.desk.click(steps.save_button)
        assert what in [line.action.what for line in seen(self.tab("plan", PlanTab), ActionLine)]

    def agrees_by_voice(self, agreed_on: str, next_review_on: str) -> None:
        """Agree the plan as it stands, by voice."""
        plan = self.tab("plan", PlanTab)
        self.desk.press("Agree the plan", plan)
        self.save(plan.agree_form, agreed_on=agreed_on, next_review_on=next_review_on)

    def prints(self, tab: str, kind: type[PlanTab | ProfileTab], name: str) -> None:
        """Print what a tab shows by its key."""
        self.tab(tab, kind).setFocus()
        target = self.next_paper(name)
        self.desk.control(Qt.Key.Key_P)
        self.desk.until(target.exists)

    # --- the weeks ---

    def is_met(self, note: str, happened_on: str, **typed: Any) -> None:
        """Record a contact."""
        self.tab("contacts", ContactsTab)
        form = self.desk.view.contact_form
        self.desk.window.record_contact(self.client, None)
        self.desk.fill(form.form, note=note, happened_on=happened_on, **typed)
        self.desk.click(form.save_button)
        assert form.form is None, form.form.refusals()

    def comes_to_the_group(self, *family_names: str, **typed: str) -> None:
        """Register a group session of several people, this one among them."""
        self.desk.window.go("groups")
        self.desk.press("Register a session")
        register = page(self.desk.window.pages["groups"], GroupsPage).form
        self.desk.fill(register.form, **typed)
        register.picker.field.setFocus()
        for name in family_names:
            self.desk.type(name)
            self.desk.key(Qt.Key.Key_Return)
        assert len(register.list.people()) == len(family_names)
        self.desk.press("Save register")
        assert register.isHidden()

    def answers_measures(self, taken_on: str, point: str, *answers: int) -> str:
        """Answer the questions, in their order, and return what the tab says then."""
        measures = self.tab("measures", MeasuresTab)
        self.desk.press("Ask the questions", measures)
        assert measures.form.form is not None
        for answer in answers:
            self.desk.key(Qt.Key[f"Key_{answer}"])
        self.save(measures.form, taken_on=taken_on, point=point)
        return self.desk.words(measures)

    def writes(self, key: Qt.Key, name: str, **typed: str) -> None:
        """Write a letter and print it."""
        papers = self.tab("papers", PapersTab)
        self.desk.press("Write a letter…", papers)
        assert papers.menu_shown is not None
        QTest.keyClick(papers.menu_shown, key)
        settle()
        target = self.next_paper(name)
        self.save(papers.writing.side, **typed)
        self.desk.until(target.exists)

    def is_explained(self, coach_id: UUID, name: str) -> None:
        """Print the handover page of this person alone."""
        self.desk.window.go("team")
        part = page(self.desk.window.pages["team"], TeamPage).handover
        self.desk.key(Qt.Key.Key_H, Qt.KeyboardModifier.AltModifier)
        choice = part.form.input("from_id")
        choice.set_raw(str(coach_id))
        choice.edited.emit()
        self.desk.click(part.none_button)
        for place in range(part.clients.count()):
            item = part.clients.item(place)
            if item.data(Qt.ItemDataRole.UserRole) == self.client:
                item.setCheckState(Qt.CheckState.Checked)
        assert part.ticked() == (self.client,)
        target = self.next_paper(name)
        self.desk.click(part.pages_button)
        self.desk.until(target.exists)

    # --- the programme ---

    def in_programme(self, button: str, **typed: Any) -> str:
        """Press a button of the programmes, fill its form in, and return what the tab says then."""
        programmes = self.tab("programmes", EnrolmentTab)
        self.desk.press(button, programmes)
        (form,) = seen(self.desk.view.stack, SideForm)
        self.save(form, **typed)
        return self.desk.words(programmes)

    # --- twice here ---

    def is_registered_again(self, name: str, **typed: str) -> UUID:
        """Register somebody who is here already, past the warning, and return the second record."""
        self.desk.window.new_client(name)
        new = self.desk.window.clients.new
        self.desk.fill(new.form, **typed)
        self.desk.until(lambda: [one.id for one in new.found.items()] == [self.client])
        self.desk.click(new.save_button)
        found = self.desk.window.clients.client_id
        assert found not in {None, self.client}
        assert found is not None
        return found

    def is_joined(self, reason: str) -> None:
        """Join the one likely pair, this record staying."""
        self.desk.window.go("duplicates")
        pages = page(self.desk.window.pages["duplicates"], DuplicatesPage)
        settle()
        (line,) = seen(pages, PairLine)
        self.desk.click(line.compare_button)
        self.save(pages.join.form, reason=reason)
        self.desk.until(lambda: self.desk.window.clients.client_id == self.client)

    def is_parted(self, reason: str) -> None:
        """Take the two records apart again, from the client's menu."""
        self.desk.open(self.client)
        button = self.desk.view.header.menu_button
        self.desk.click(button)
        menu = button.menu_shown
        assert isinstance(menu, QMenu)
        wanted = "These are two people after all…"
        action = next(one for one in menu.actions() if one.text().replace("&", "") == wanted)
        menu.close()
        action.trigger()
        settle()
        self.save(page(self.desk.window.pages["duplicates"], DuplicatesPage).part.form, reason=reason)


def records_of(vault: OpenVault, client: UUID) -> dict[str, dict[UUID, dict[str, Any]]]:
    """Return everything that is kept of a client, by table and id, column by column."""
    found: dict[str, dict[UUID, dict[str, Any]]] = {}
    with reading(vault) as session:
        for table in Record.metadata.sorted_tables:
            owner = table.c.get("id" if table.name == "client" else "client_id")
            if owner is None or "id" not in table.c:
                continue
            for row in session.execute(select(table).where(owner == client)).mappings():
                found.setdefault(table.name, {})[row["id"]] = dict(row)
    return found


def read_paper(path: Path) -> str:
    """Return the words of a paper that has pages and is tagged, as a screen reader says them."""
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) > 0, path.name
        assert bool(pdf.Root.MarkInfo.Marked), path.name
    paper = Paper(path.read_bytes())
    return " ".join(_words(paper)).replace("  ", " ")


def _words(paper: Paper) -> Iterator[str]:
    for _tag, words in paper.read():
        yield words
    for lines in paper.furniture():
        yield from lines
