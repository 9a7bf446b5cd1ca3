"""Enquiries that became nobody's record: how soon they are answered, how long they are kept, and erasing by the rule."""

from typing import Any

from PySide6.QtCore import Slot

from coachdesk.casework.enquiry_rules import (
    MOST_DAYS,
    MOST_MONTHS,
    EnquiryOver,
    EnquiryRules,
    EraseEnquiries,
    SetEnquiryRules,
    erase_enquiries,
    list_enquiries_over,
    read_enquiry_rules,
    set_enquiry_rules,
)
from coachdesk.errors import Refusal
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.forms.fields import Number, Text, Together
from coachdesk.ui.spoken import plural
from coachdesk.ui.widgets import Card, Flow, danger_button, label, secondary_button
from coachdesk.ui.wizard import WorkingPage


class EnquiriesKeptCard(Card):
    """The rules for enquiries, and those whose time is over."""

    def __init__(self, page: WorkingPage) -> None:
        super().__init__()
        self._page, self._office = page, page.office
        self._rules = EnquiryRules()
        self._over: tuple[EnquiryOver, ...] = ()
        self.words = label("", "meta", wrap=True)
        self.count = label("", "strong", wrap=True)
        self.form = SideForm(self._office, "enquiry-rules", self.tr("&Save"))
        self.change_button = secondary_button(self.tr("Change the rules for enquiries"), "pencil")
        self.erase_button = danger_button(self.tr("Erase these enquiries…"), "trash-2")
        self.add(label(self.tr("Enquiries that became nobody’s record"), "section", wrap=True))
        for piece in (self.words, self.count, self.form):
            self.add(piece)
        self.add(Flow(self.change_button, self.erase_button))
        self.change_button.clicked.connect(self._change)
        self.erase_button.clicked.connect(self._erase)
        self.form.saved.connect(self._saved)

    def refresh(self) -> None:
        """Ask for the rules and whose time is over."""
        desk = self._office.desk
        desk.ask(read_enquiry_rules, None, self._show_rules)
        desk.ask(list_enquiries_over, desk.clock.today(), self._show)

    def _show_rules(self, rules: EnquiryRules) -> None:
        self._rules = rules
        answer = self.tr("Today names who has waited longer than {days}.").format(
            days=plural(rules.answer_days, self.tr("day"), self.tr("days"))
        )
        keep = self.tr("How long a closed one is kept is not decided: none is ever listed.")
        if rules.keep_months is not None:
            months = plural(rules.keep_months, self.tr("month"), self.tr("months"))
            keep = self.tr("A closed one is kept for {months}.").format(months=months)
        source = self.tr("Says who: {source}").format(source=rules.source_note)
        self.words.setText(f"{answer} {keep} {source}")

    def _show(self, over: tuple[EnquiryOver, ...]) -> None:
        self._over = over
        self.count.setText(
            plural(
                len(over),
                self.tr("The time of {count} closed enquiry is over."),
                self.tr("The time of {count} closed enquiries is over."),
            )
        )
        self.count.setVisible(bool(over))
        self.erase_button.setVisible(bool(over))

    @Slot()
    def _change(self) -> None:
        self.form.open_form(
            self.tr("Rules for enquiries"),
            (
                Together(
                    Number(
                        "answer_days",
                        self.tr("Answered within, &days"),
                        lowest=1,
                        highest=MOST_DAYS,
                        needed=True,
                    ),
                    Number(
                        "keep_months",
                        self.tr("Kept after closing, &months"),
                        hint=self.tr("Blank: not decided, none is listed."),
                        lowest=1,
                        highest=MOST_MONTHS,
                    ),
                ),
                Text("source_note", self.tr("Says &who"), needed=True),
            ),
            self._rules,
            self._wish,
            set_enquiry_rules,
            about="rules",
        )

    def _wish(self, values: dict[str, Any]) -> SetEnquiryRules:
        return SetEnquiryRules(**values)

    @Slot()
    def _saved(self) -> None:
        self.refresh()

    @Slot()
    def _erase(self) -> None:
        question = plural(
            len(self._over),
            self.tr("Erase {count} enquiry for good?"),
            self.tr("Erase {count} enquiries for good?"),
        )
        sure = self._office.dialogs.confirm(
            question,
            yes=self.tr("Erase for good"),
            explain=self.tr("Names, words and history go. This cannot be taken back."),
            danger=True,
        )
        if sure:
            wish = EraseEnquiries(ids=tuple(one.id for one in self._over))
            self._office.desk.do(erase_enquiries, wish, then=self._erased, refused=self._refused)

    def _erased(self, count: int) -> None:
        words = plural(
            count, self.tr("{count} enquiry was erased."), self.tr("{count} enquiries were erased.")
        )
        self._office.messages.say_done(words)
        self.refresh()

    def _refused(self, refusal: Refusal) -> None:
        self._office.messages.show_refusal(refusal)
        self.refresh()
