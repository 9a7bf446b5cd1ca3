"""The pack of what we hold: passages decided one by one, then two files in a folder."""

import html
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from coachdesk.casework.holding import (
    KEEP,
    REDACT,
    DecideRedaction,
    Suggestion,
    decide_redaction,
    suggest_redactions,
)
from coachdesk.casework.rights_requests import RequestRow
from coachdesk.errors import Refusal
from coachdesk.papers.held_pack import HeldPackMade, MakeHeldPack, make_held_pack
from coachdesk.ui.announce import announce
from coachdesk.ui.clients.tab import lay_out
from coachdesk.ui.rights.other_words import OtherWords
from coachdesk.ui.spoken import day, plural
from coachdesk.ui.unlock.fields import LabelledLine
from coachdesk.ui.widgets import (
    Card,
    Divider,
    Flow,
    StepBar,
    column,
    label,
    quiet_button,
    row,
    secondary_button,
)
from coachdesk.ui.wizard import WorkingPage


class PackView(Card):
    """What may be about somebody else is left in or taken out by a person; then the pack is made."""

    def __init__(self, page: WorkingPage) -> None:
        super().__init__()
        self._page, self._office = page, page.office
        self._row: RequestRow | None = None
        self._found: tuple[Suggestion, ...] = ()
        self._place = 0
        self._goes_on = False
        self._asked = 0
        self.count = label("", "strong", wrap=True)
        self.bar = StepBar()
        self.passage = QWidget()
        self.where = label("", "label", wrap=True)
        self.words = label("", wrap=True)
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.why = label("", "secondary", wrap=True)
        self.decided = label("", "strong", wrap=True)
        self.reason = LabelledLine(self.tr("&Why"))
        self.hint = label(
            self.tr("Kept with the decision. Blank keeps the reason of the suggestion."), "meta", wrap=True
        )
        self.keep_button = secondary_button(self.tr("Leave it &in"), "check")
        self.out_button = secondary_button(self.tr("Ta&ke it out"), "eye-off")
        self.earlier_button = quiet_button(self.tr("&Earlier one"), "chevron-left")
        self.later_button = quiet_button(self.tr("La&ter one"), "chevron-right")
        self.others = OtherWords(self._office)
        self.make_button = secondary_button(self.tr("&Make the pack…"), "download")
        self.made = label("", "strong", wrap=True)
        self.made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        self.add(label(self.tr("The pack “what we hold about you”"), "section"))
        self.add(
            label(
                self.tr(
                    "The client may see everything about themselves. What says something about somebody else is shown "
                    "here one by one; you decide, and each decision is kept with its reason."
                ),
                "meta",
                wrap=True,
            )
        )
        self.add(self.count)
        self.add(self.bar)
        buttons = Flow(self.keep_button, self.out_button, self.earlier_button, self.later_button)
        self.passage.setLayout(
            column(self.where, self.words, self.why, self.decided, self.reason, self.hint, buttons)
        )
        self.add(self.passage)
        self.add(Divider())
        self.add(self.others)
        self.add(Divider())
        self.add(row(self.make_button, 1))
        self.add(self.made)

    def _connect(self) -> None:
        self.keep_button.clicked.connect(self._keep)
        self.out_button.clicked.connect(self._take_out)
        self.earlier_button.clicked.connect(self._earlier)
        self.later_button.clicked.connect(self._later)
        self.make_button.clicked.connect(self._make)

    def show_request(self, found: RequestRow) -> None:
        """Ask for the passages of a request."""
        if self._row is None or self._row.id != found.id:
            self._place = 0
            self.made.clear()
        self._row = found
        self.others.show_request(found)
        self._ask(found)

    def _ask(self, request: RequestRow) -> None:
        """Ask for the passages; only the newest answer counts: an older one may come in after it, and would go back."""
        self._asked += 1
        self._office.desk.ask(suggest_redactions, request.id, partial(self._answered, self._asked))

    def _answered(self, asked: int, found: tuple[Suggestion, ...]) -> None:
        if asked == self._asked:
            self._show(found)

    def _show(self, found: tuple[Suggestion, ...]) -> None:
        self._found = found
        self._place = min(self._place, max(len(found) - 1, 0))
        if self._goes_on:
            self._goes_on = False
            self._place = self._next_waiting()
        self._draw()

    def _next_waiting(self) -> int:
        places = [*range(self._place, len(self._found)), *range(self._place)]
        return next((place for place in places if not self._found[place].decision), self._place)

    def _draw(self) -> None:
        waiting = sum(not one.decision for one in self._found)
        done = len(self._found) - waiting
        self.bar.show_steps(done, len(self._found))
        self.bar.setVisible(bool(self._found))
        self.passage.setVisible(bool(self._found))
        self.make_button.setEnabled(not waiting)
        self.count.setText(self._counted(done, waiting))
        if self._found:
            self._draw_passage(self._found[self._place])
        lay_out(self)

    def _counted(self, done: int, waiting: int) -> str:
        if not self._found:
            return self.tr(
                "Nothing was found that may be about somebody else. Look the record through yourself."
            )
        words = self.tr("{done} of {all} passages decided.").format(done=done, all=len(self._found))
        if waiting:
            return words
        out = sum(one.decision == REDACT for one in self._found)
        taken = plural(out, self.tr("{count} is taken out."), self.tr("{count} are taken out."))
        return f"{words} {taken}"

    def _draw_passage(self, one: Suggestion) -> None:
        number = self.tr("Passage {number} of {all}").format(number=self._place + 1, all=len(self._found))
        on = f", {day(one.on)}" if one.on else ""
        self.where.setText(f"{number} · {one.where}{on}")
        before, words, after = (html.escape(part) for part in (one.before, one.words, one.after))
        self.words.setText(f"{before}<b><u>{words}</u></b>{after}")
        self.words.setAccessibleName(
            self.tr("{before} Passage begins: {words}. Passage ends. {after}").format(
                before=one.before, words=one.words, after=one.after
            )
        )
        self.why.setText(one.why)
        said = {KEEP: self.tr("Left in. {why}"), REDACT: self.tr("Taken out. {why}")}.get(one.decision, "")
        self.decided.setText(said.format(why=one.reason))
        self.decided.setVisible(bool(said))
        self.reason.line.setText(one.reason)
        self.reason.refuse("")
        self.earlier_button.setEnabled(self._place > 0)
        self.later_button.setEnabled(self._place < len(self._found) - 1)
        announce(self.where, f"{self.where.text()}. {self.words.accessibleName()} {one.why}")

    @Slot()
    def _keep(self) -> None:
        self._decide(KEEP, self.reason.text().strip())

    @Slot()
    def _take_out(self) -> None:
        self._decide(REDACT, self.reason.text().strip() or self._found[self._place].why)

    def _decide(self, decision: str, reason: str) -> None:
        assert self._row is not None  # noqa: S101 - passages are shown with a request only
        wish = DecideRedaction(
            request_id=self._row.id,
            passage=self._found[self._place].passage,
            decision=decision,
            reason=reason,
        )
        self._office.desk.do(decide_redaction, wish, then=self._kept, refused=self._refused)

    def _kept(self, _nothing: object) -> None:
        """Go on to the next passage that waits, also when the decision was the same as before."""
        assert self._row is not None  # noqa: S101 - as above
        self._goes_on = True
        self._ask(self._row)

    def _refused(self, refusal: Refusal) -> None:
        self.reason.refuse(refusal.message)

    @Slot()
    def _earlier(self) -> None:
        self._place -= 1
        self._draw()

    @Slot()
    def _later(self) -> None:
        self._place += 1
        self._draw()

    @Slot()
    def _make(self) -> None:
        folder = self._office.dialogs.choose_folder(self.tr("Where shall the pack lie?"))
        if self._row is None or folder is None:
            return
        name = self.tr("Data request {day} {mark}").format(
            day=self._row.received_on, mark=self._row.id.hex[-6:]
        )
        wish = MakeHeldPack(request_id=self._row.id, folder=folder / name)
        self._page.start(make_held_pack, wish, self.tr("Making the pack…"), self._lies_there, writes=True)

    def _lies_there(self, made: HeldPackMade) -> None:
        words = self.tr(
            "The pack is made.\nTo read: {pdf}\nFor a computer: {data}\nHand it over safely; the files are not encrypted."
        ).format(pdf=made.pdf, data=made.data)
        self.made.setText(words)
        lay_out(self)
        announce(self.made, words)
