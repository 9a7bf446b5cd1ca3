"""Access to Work: the days to apply between, where a case stands, whom we chased when, what was awarded and claimed."""

from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.access_to_work import (
    RECONSIDER,
    WAITING,
    AccessCases,
    AccessRow,
    ChaseAccess,
    EnterStage,
    PutAwayAccess,
    SaveAccess,
    chase_access,
    enter_stage,
    put_away_access,
    save_access,
)
from coachdesk.casework.awards import (
    ClaimPaid,
    PutAwayAward,
    SaveAward,
    SaveClaim,
    claim_paid,
    put_away_award,
    save_award,
    save_claim,
)
from coachdesk.terms import Kind
from coachdesk.ui.clients.tab import clear
from coachdesk.ui.health_at_work.access_fields import award_fields, case_fields, claim_fields
from coachdesk.ui.health_at_work.award_lines import award_words, claim_words
from coachdesk.ui.health_at_work.health_card import NOT_ASKED, Acts, HealthCard, call_label, job_options
from coachdesk.ui.health_at_work.sheet_form import SheetForm
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day, money
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import (
    Banner,
    Divider,
    EmptyState,
    Fact,
    FactGrid,
    Flow,
    Pill,
    column,
    label,
    primary_button,
    row,
    secondary_button,
)


class AccessCard(HealthCard):
    """A client's Access to Work cases."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._found: AccessCases | None = None
        self._rows: dict[str, AccessRow] = {}
        self._items: dict[str, tuple[AccessRow, Any]] = {}
        self.sheet = SheetForm(office)
        self.sheet.saved.connect(self.saved)
        self.begin_button = secondary_button(self.tr("Begin &another case"), "plus")
        self.begin_button.clicked.connect(self._begin)
        head = row(label(self.tr("Access to Work"), "section", wrap=True), self.begin_button)
        head.setStretch(0, 1)
        self.add(head)
        self.add(self.form)
        self.add(self.sheet)
        self.add(self.lines)

    @override
    def acts(self) -> Acts:
        return {
            "case": self._case,
            "case-change": self._change,
            "case-remove": self._remove,
            "chased": self._chased,
            "sheet": self._sheet,
            "award": self._award,
            "award-change": self._award_change,
            "claim": self._claim,
            "claim-change": self._claim_change,
            "claim-paid": self._claim_paid,
            "award-remove": partial(self._put_away, "item_id"),
            "claim-remove": partial(self._put_away, "claim_id"),
            "reconsider": partial(self._stage, RECONSIDER),
            "leave": partial(self._stage, "ended"),
        }

    def show_found(self, found: AccessCases) -> None:
        """Show what was found about a client."""
        if found.client_id != self.client_id:
            return
        self._found = found
        self._rows = {one.id.hex: one for one in found.rows}
        self._items = {}
        for one in found.rows:
            self._items |= {item.id.hex: (one, item) for item in one.items}
            self._items |= {claim.id.hex: (one, claim) for claim in one.claims}
        clear(self.lines)
        self.begin_button.setVisible(bool(found.rows))
        if not found.rows:
            self.lines.addWidget(self._empty(found))
        for one in found.rows:
            self.lines.addWidget(Divider())
            self.lines.addWidget(self._line(one))
        self.shown()

    @override
    def leave_client(self, client_id: UUID) -> None:
        if client_id != self.client_id:
            self.sheet.close_form()
        super().leave_client(client_id)

    def _empty(self, found: AccessCases) -> QWidget:
        button = primary_button(self.tr("Begin a &case"), "plus")
        button.clicked.connect(self._begin)
        words = self.tr(
            "Access to Work can pay for equipment, a support worker or the way to work. Fill in a draft here at "
            "leisure; the form itself cannot be saved."
        )
        if found.window is not None and found.job is not None:
            window = self.tr("For {job}: best between {first} and {last}.")
            words += "\n" + window.format(
                job=found.job.words, first=day(found.window.first), last=day(found.window.last)
            )
        return EmptyState(self.tr("No Access to Work case"), words, button, icon="award")

    def _called(self, one: AccessRow) -> str:
        if one.job is None:
            return self.tr("Access to Work")
        return self.tr("Access to Work for {job}").format(job=one.job.words)

    def _line(self, one: AccessRow) -> QWidget:
        called = self._called(one)
        tone = Tone.OK if one.stage == "awarded" else Tone.INFO if one.is_open else Tone.NEUTRAL
        head = row(label(called, "strong", wrap=True), Pill(one.stage_words, tone))
        head.setStretch(0, 1)
        said = column(head, spacing=Space.SMALL)
        for words in one.calls:
            said.addWidget(call_label(words))
        facts = tuple(self._facts(one))
        if facts:
            said.addWidget(FactGrid(facts))
        if one.chased:
            days = ", ".join(day(on) for on in one.chased)
            said.addWidget(label(self.tr("Asked how it stands: {days}").format(days=days), "meta", wrap=True))
        if one.was_refused:
            said.addLayout(self._after_refusal(one, called))
        for part in self._awarded(one):
            said.addLayout(part)
        if one.note:
            said.addWidget(label(one.note, "secondary", wrap=True))
        buttons = Flow(spacing=Space.SMALL)
        for button in self._buttons(one, called):
            buttons.addWidget(button)
        said.addLayout(buttons)
        holder = QWidget()
        holder.setLayout(said)
        return holder

    def _facts(self, one: AccessRow) -> Iterator[Fact]:
        if one.window is not None and one.submitted_on is None and one.is_open:
            words = self.tr("{first} to {last}")
            told = words.format(first=day(one.window.first), last=day(one.window.last))
            yield Fact(self.tr("Best applied for"), told)
        days = (
            (self.tr("Employer asked"), one.employer_asked_on),
            (self.tr("Applied"), one.submitted_on),
            (self.tr("Ask again"), one.chase_on),
            (self.tr("Assessed"), one.assessed_on),
            (self.tr("Decided"), one.decided_on),
            (self.tr("Until"), one.expires_on),
        )
        yield from (Fact(name, day(on)) for name, on in days if on is not None)
        if one.reference:
            yield Fact(self.tr("Reference"), one.reference)
        if one.employer_share_pence is not None:
            yield Fact(self.tr("Employer’s share"), money(one.employer_share_pence))

    def _awarded(self, one: AccessRow) -> Iterator[QHBoxLayout]:
        for item in one.items:
            acts = (("award-change", item.id), ("award-remove", item.id))
            yield self._part(award_words(item), item.what, acts)
        for claim in one.claims:
            acts = (("claim-change", claim.id), ("claim-remove", claim.id))
            paid = () if claim.paid_on is not None else (("claim-paid", claim.id),)
            yield self._part(claim_words(claim), claim.item or self.tr("Claim"), (*paid, *acts))

    def _after_refusal(self, one: AccessRow, called: str) -> QVBoxLayout:
        buttons = Flow(
            self.act_button(self.tr("Ask them to look again"), "reconsider", one.id, called, "refresh-cw"),
            self.act_button(self.tr("Leave it at that"), "leave", one.id, called),
        )
        banner = Banner(
            self.tr("They said no. It can be asked to be looked at again."),
            self.tr("Say what was not understood, and what changed; nothing is lost by asking."),
            Tone.INFO,
            closable=False,
        )
        return column(banner, buttons)

    def _part(self, words: str, called: str, acts: tuple[tuple[str, UUID], ...]) -> QHBoxLayout:
        said = {
            "award-change": (self.tr("Change"), "pencil"),
            "claim-change": (self.tr("Change"), "pencil"),
            "award-remove": (self.tr("Remove"), "trash-2"),
            "claim-remove": (self.tr("Remove"), "trash-2"),
        }
        line = row(label(words, wrap=True))
        line.setStretch(0, 1)
        for kind, about in acts:
            if kind == "claim-paid":
                line.addWidget(self.act_button(self.tr("Paid today"), kind, about, called, "check"))
            else:
                line.addWidget(self.icon_button(said[kind][0], kind, about, called, said[kind][1]))
        return line

    def _buttons(self, one: AccessRow, called: str) -> Iterator[QWidget]:
        if one.stage in WAITING:
            yield self.act_button(self.tr("Chased today"), "chased", one.id, called, "phone")
        words = self.tr("Go on with the draft sheet") if one.has_draft else self.tr("Draft sheet")
        yield self.act_button(words, "sheet", one.id, called, "file-text")
        yield self.act_button(self.tr("Change"), "case-change", one.id, called, "pencil")
        if one.decided_on is not None and one.is_open and not one.was_refused:
            yield self.act_button(self.tr("Add an item"), "award", one.id, called, "plus")
            yield self.act_button(self.tr("Add a claim"), "claim", one.id, called, "plus")
        if one.submitted_on is None:
            yield self.act_button(self.tr("Remove"), "case-remove", one.id, called, "trash-2")
        yield self.past_button(Kind.ACCESS_TO_WORK, one.id, called)

    @Slot()
    def _begin(self) -> None:
        if self.client_id is not None:
            self._case(self.client_id.hex)

    def _case(self, _about: str) -> None:
        if self._found is None:
            return
        job = self._found.job
        self._open_case(
            f"case:{self._found.client_id.hex}",
            self.tr("An Access to Work case"),
            {"job_id": job.id if job is not None else None, "stage": "thinking"},
            None,
        )

    def _change(self, about: str) -> None:
        one = self._rows.get(about)
        if one is None:
            return
        values = {name: getattr(one, name) for name in _CASE if name != "employer_share"}
        share = one.employer_share_pence
        values["employer_share"] = None if share is None else Decimal(share) / 100
        self._open_case(f"case-change:{about}", self._called(one), values, one.id)

    def _open_case(self, key: str, heading: str, values: dict[str, Any], case_id: UUID | None) -> None:
        assert self._found is not None  # noqa: S101  both ways here have looked
        parts = case_fields(self.options("access_to_work_stage"), job_options(self._found.jobs))
        self.open_form(key, heading, parts, values, partial(self._case_wish, case_id), save_access)

    def _case_wish(self, case_id: UUID | None, values: dict[str, Any]) -> SaveAccess:
        assert self.client_id is not None  # noqa: S101  the form opens for somebody who is shown
        told = dict(values)
        share = pence(told.pop("employer_share"))
        return SaveAccess(client_id=self.client_id, case_id=case_id, employer_share_pence=share, **told)

    def _remove(self, about: str) -> None:
        if about in self._rows:
            self.do(put_away_access, PutAwayAccess(case_id=self._rows[about].id))

    def _chased(self, about: str) -> None:
        if about in self._rows:
            today = self.office.desk.clock.today()
            self.do(chase_access, ChaseAccess(case_id=self._rows[about].id, on=today))

    def _stage(self, stage: str, about: str) -> None:
        if about in self._rows:
            self.do(enter_stage, EnterStage(case_id=self._rows[about].id, stage=stage))

    def _sheet(self, about: str) -> None:
        if about in self._rows:
            self.sheet.start(self._rows[about].id)

    def _award(self, about: str) -> None:
        if about in self._rows:
            self._open_award(f"award:{about}", self._rows[about].id, None, {"per": "once"})

    def _award_change(self, about: str) -> None:
        if about in self._items:
            case, item = self._items[about]
            values = {name: getattr(item, name) for name in _AWARD} | {"amount": pounds(item.amount_pence)}
            self._open_award(f"award-change:{about}", case.id, item.id, values)

    def _open_award(self, key: str, case_id: UUID, item_id: UUID | None, values: dict[str, Any]) -> None:
        self.open_form(
            key,
            self.tr("What Access to Work pays for"),
            award_fields(self.options("award_sort")),
            values,
            partial(_award_wish, case_id, item_id),
            save_award,
        )

    def _claim(self, about: str) -> None:
        if about in self._rows:
            self._open_claim(f"claim:{about}", self._rows[about], None, {})

    def _claim_change(self, about: str) -> None:
        if about in self._items:
            case, claim = self._items[about]
            values = {name: getattr(claim, name) for name in _CLAIM} | {"amount": pounds(claim.amount_pence)}
            self._open_claim(f"claim-change:{about}", case, claim.id, values)

    def _open_claim(self, key: str, case: AccessRow, claim_id: UUID | None, values: dict[str, Any]) -> None:
        self.open_form(
            key,
            self.tr("A claim on Access to Work"),
            claim_fields(case.items),
            values,
            partial(_claim_wish, case.id, claim_id),
            save_claim,
        )

    def _claim_paid(self, about: str) -> None:
        if about in self._items:
            wish = ClaimPaid(claim_id=self._items[about][1].id, on=self.office.desk.clock.today())
            self.do(claim_paid, wish)

    def _put_away(self, what: str, about: str) -> None:
        if about in self._items:
            self.do(put_away_award, PutAwayAward(**{what: self._items[about][1].id}))


_CASE = (
    "job_id", "stage", "reference", "employer_asked_on", "submitted_on", "assessed_on", "decided_on", "expires_on",
    "note", "employer_share",
)  # fmt: skip
_AWARD = ("what", "sort", "per", "from_on", "until_on", "in_place_on", "note")
_CLAIM = ("item_id", "from_on", "to_on", "sent_on", "paid_on", "note")


def pence(amount: Decimal | int | None) -> int | None:
    """Return pounds as pence; None for nothing."""
    return None if amount is None else round(amount * 100)


def pounds(amount: int | None) -> Decimal | None:
    """Return pence as pounds; None for nothing."""
    return None if amount is None else Decimal(amount) / 100


def _award_wish(case_id: UUID, item_id: UUID | None, values: dict[str, Any]) -> SaveAward:
    told = {**values, "sort": values["sort"] or NOT_ASKED, "per": values["per"] or "once"}
    amount = pence(told.pop("amount"))
    return SaveAward(case_id=case_id, item_id=item_id, amount_pence=amount, **told)


def _claim_wish(case_id: UUID, claim_id: UUID | None, values: dict[str, Any]) -> SaveClaim:
    told = dict(values)
    amount = pence(told.pop("amount"))
    return SaveClaim(case_id=case_id, claim_id=claim_id, amount_pence=amount, **told)
