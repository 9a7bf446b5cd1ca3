"""Whose time is over: the monthly list, the rules behind it, erasing, and the certificate."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.retention import (
    COUNTED_FROM,
    MOST_MONTHS,
    KeptTooLong,
    RetentionList,
    RetentionRow,
    SetRetention,
    list_retention_rules,
    look_at_retention_list,
    read_retention_list,
    set_retention,
)
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.erase_card import EraseCard
from coachdesk.ui.forms.fields import Choice, Number, Option, Text, Together
from coachdesk.ui.rights.certificate_card import CertificateCard
from coachdesk.ui.rights.enquiries_kept_card import EnquiriesKeptCard
from coachdesk.ui.rights.part import ManagersPart, about, asked_about
from coachdesk.ui.spoken import day, listed, plural
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import (
    Card,
    Divider,
    EmptyState,
    Flow,
    column,
    danger_button,
    label,
    primary_button,
    row,
    secondary_button,
)
from coachdesk.ui.wizard import WorkingPage


class RetentionPart(ManagersPart):
    """Who has been kept long enough and by which rule; managers decide and erase."""

    def __init__(self, page: WorkingPage) -> None:
        super().__init__(page)
        self._rules: dict[str, RetentionRow] = {}
        self._rule: UUID | None = None
        self.looked_button = primary_button(self.tr("I have &looked at it"), "check")
        self.count = label("", "section", wrap=True)
        self.without = label("", "meta", tone=Tone.WARNING, wrap=True)
        self.people = QVBoxLayout()
        self.people.setSpacing(Space.GAP)
        self.rules = QVBoxLayout()
        self.rules.setSpacing(Space.GAP)
        self.rule_form = SideForm(self.office, "retention-rule", self.tr("&Save"))
        self.erase_card = EraseCard(self.office)
        self.enquiries = EnquiriesKeptCard(page)
        self.certificate = CertificateCard(page)
        self._arrange()
        self.looked_button.clicked.connect(self._looked)
        self.erase_card.erased.connect(self.refresh)

    def _arrange(self) -> None:
        over = Card()
        head = row(self.count, self.looked_button)
        head.setStretch(0, 1)
        over.add(head)
        over.add(
            label(
                self.tr(
                    "Somebody is listed when every programme they took part in has ended for them and its rule has run "
                    "out; not while a request of theirs is open. Look once a month. Nothing is erased by itself."
                ),
                "meta",
                wrap=True,
            )
        )
        over.add(self.without)
        over.add(self.people)
        rules = Card()
        rules.add(label(self.tr("How long records are kept"), "section", wrap=True))
        rules.add(self.rule_form)
        rules.add(self.rules)
        for card in (self.erase_card, over, rules, self.enquiries, self.certificate):
            self.inside.addWidget(card)

    @override
    @Slot()
    def refresh(self) -> None:
        if not self.manages:
            return
        today = self.office.desk.clock.today()
        self.office.desk.ask(read_retention_list, today, self._show)
        self.office.desk.ask(list_retention_rules, None, self._show_rules)
        self.enquiries.refresh()
        self.certificate.refresh()

    def _show(self, found: RetentionList) -> None:
        clear(self.people)
        count = len(found.clients)
        self.count.setText(
            plural(
                count, self.tr("Time is over for {count} person"), self.tr("Time is over for {count} people")
            )
        )
        self.without.setVisible(bool(found.without_rule))
        self.without.setText(
            self.tr("No rule yet, so nobody is listed for: {programmes}.").format(
                programmes=listed(found.without_rule)
            )
        )
        for place, one in enumerate(found.clients):
            if place:
                self.people.addWidget(Divider())
            self.people.addWidget(self._person(one))
        if not count:
            self.people.addWidget(
                EmptyState(
                    self.tr("Nobody’s time is over"), self.tr("Look again next month."), icon="circle-check"
                )
            )
        lay_out(self)

    def _person(self, one: KeptTooLong) -> QWidget:
        title = f"{one.name} ({one.reference})"
        since = self.tr("Time was over on {day}").format(day=day(one.since))
        holder = QWidget()
        words = column(label(title, "strong", wrap=True), label(since, "meta", wrap=True), spacing=2)
        for why in one.why:
            words.addWidget(label(why, "meta", wrap=True))
        opened = about(
            secondary_button(self.tr("Open the client"), "user"),
            one.client_id.hex,
            self._open,
            self.tr("Open {client}").format(client=title),
        )
        erase = about(
            danger_button(self.tr("Erase…"), "trash-2"),
            one.client_id.hex,
            self._erase,
            self.tr("Erase {client}").format(client=title),
        )
        words.addLayout(Flow(opened, erase))
        holder.setLayout(words)
        return holder

    @Slot()
    def _open(self) -> None:
        self.page.open_client.emit(UUID(hex=asked_about(self.sender())))

    @Slot()
    def _erase(self) -> None:
        self.erase(UUID(hex=asked_about(self.sender())))

    def erase(self, client_id: UUID) -> None:
        """Show what erasing a client would take, and ask for the reason."""
        self.erase_card.start(client_id)
        self.page.show_top()

    @Slot()
    def _looked(self) -> None:
        today = self.office.desk.clock.today()
        self.office.desk.do(look_at_retention_list, today, then=self._kept)

    def _kept(self, _nothing: object) -> None:
        self.office.messages.say_done(self.tr("Kept: the list was looked at today."))
        self.page.refresh()

    def _show_rules(self, rules: tuple[RetentionRow, ...]) -> None:
        self._rules = {one.programme_id.hex: one for one in rules}
        clear(self.rules)
        for place, one in enumerate(rules):
            if place:
                self.rules.addWidget(Divider())
            line = row(
                column(
                    label(one.programme, "strong", wrap=True),
                    label(self._words(one), "meta", wrap=True),
                    spacing=2,
                ),
                about(
                    secondary_button(self.tr("Change"), "pencil"),
                    one.programme_id.hex,
                    self._change,
                    self.tr("Change how long records are kept: {programme}").format(programme=one.programme),
                ),
                spacing=Space.GAP,
            )
            line.setStretch(0, 1)
            holder = QWidget()
            holder.setLayout(line)
            self.rules.addWidget(holder)
        lay_out(self)

    def _words(self, one: RetentionRow) -> str:
        if one.months is None:
            return self.tr("Not decided yet: its clients are never listed.")
        months = plural(one.months, self.tr("month"), self.tr("months"))
        words = self.tr("{months}, counted from: {what}. Says who: {source}")
        return words.format(
            months=months, what=COUNTED_FROM[one.counted_from].lower(), source=one.source_note
        )

    @Slot()
    def _change(self) -> None:
        one = self._rules[asked_about(self.sender())]
        self._rule = one.programme_id
        self.rule_form.open_form(
            self.tr("How long records are kept: {programme}").format(programme=one.programme),
            (
                Together(
                    Number(
                        "months",
                        self.tr("Months"),
                        hint=self.tr("Blank: not decided, nobody is listed."),
                        lowest=1,
                        highest=MOST_MONTHS,
                    ),
                    Choice(
                        "counted_from",
                        self.tr("Counted from"),
                        options=tuple(Option(key, words) for key, words in COUNTED_FROM.items()),
                        needed=True,
                    ),
                ),
                Text(
                    "source_note",
                    self.tr("Says who"),
                    hint=self.tr(
                        "The grant agreement, a policy of the trustees: where somebody can look it up."
                    ),
                ),
            ),
            one,
            self._rule_wish,
            set_retention,
            about=one.programme_id.hex,
        )

    def _rule_wish(self, values: dict[str, Any]) -> SetRetention:
        assert self._rule is not None  # noqa: S101 - the form opens for a programme
        return SetRetention(programme_id=self._rule, **values)
