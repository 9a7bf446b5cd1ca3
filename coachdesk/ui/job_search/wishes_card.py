"""What a client wants of a job: read as sentences, filled in by a key for each thing; their profile stands beside it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.job_wishes import (
    HOURS,
    LIKE,
    NEED,
    NEVER,
    PAY,
    SECTOR_LIST,
    SECTORS,
    TOWNS,
    TRAITS,
    SaveWishes,
    Wishes,
    read_wishes,
    save_wishes,
)
from coachdesk.casework.ranges import plain_hours, plain_pounds
from coachdesk.terms import Kind
from coachdesk.ui.forms.fields import Choice, Lines, Option, Part, Text, Together
from coachdesk.ui.forms.stances import Stances
from coachdesk.ui.job_search.kinds_of_work import NAMES, KindsShown, kinds_parts, kinds_told, kinds_values
from coachdesk.ui.job_search.search_card import SearchCard
from coachdesk.ui.office import Office
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import column, label, row

_MEASURED = frozenset({HOURS, PAY, TOWNS, SECTORS})


class WishesCard(SearchCard):
    """The wishes of one client."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(
            office,
            self.tr("What they want of a job"),
            self.tr("Vacancies are compared with this, one reason for each. Nothing has to be answered."),
            (self.tr("Fill in or c&hange"), "pencil"),
            parent,
        )
        self._wishes = Wishes(rows=(), sentences=(), own_words="", preferences=())
        self.kinds = KindsShown(self.form)
        self.form.offered.connect(self.kinds.show_next)
        self.beside = QWidget()
        self._beside = column(spacing=Space.HAIR)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self.beside.setLayout(self._beside)
        self.body.insertWidget(self.body.indexOf(self.form), self.beside)

    @override
    def ask(self, question: ClientQuestion) -> None:
        self.office.desk.ask(read_wishes, question, self._show)

    def _show(self, found: Wishes) -> None:
        self._wishes = found
        self._show_profile(found)
        pieces = [self._sentences(found)] if found.rows else []
        self.draw(pieces, {self.whose().hex: found} if found.rows else {})

    def _show_profile(self, found: Wishes) -> None:
        while self._beside.count():
            piece = self._beside.takeAt(0)
            held = piece.widget() if piece is not None else None
            if held is not None:
                held.hide()
                held.deleteLater()
        for title, words in found.preferences:
            said = self.tr("{title}, from the profile: “{words}”").format(title=title, words=words)
            self._beside.addWidget(label(said, "secondary", wrap=True))
        self.beside.setVisible(bool(found.preferences))

    def _sentences(self, found: Wishes) -> QWidget:
        said = column(spacing=Space.HAIR)
        said.setContentsMargins(0, 0, 0, 0)
        for sentence in found.sentences:
            said.addWidget(label(sentence, "strong", wrap=True))
        if found.own_words:
            words = self.tr("In their words: “{words}”").format(words=found.own_words)
            said.addWidget(label(words, wrap=True))
        holder = QWidget()
        box = row()
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(said, 1)
        called = self.tr("What they want of a job")
        box.addLayout(column(self.past(Kind.JOB_WISH, found.rows[0].id, called), 1))
        holder.setLayout(box)
        return holder

    @override
    def openers(self) -> dict[str, Callable[[Any], None]]:
        return {"wishes": self._open}

    @override
    def go_on(self, kind: str, about: str) -> bool:
        if kind == "wishes" and about not in self.rows:
            self.start()  # nobody wrote any down yet
            return True
        return super().go_on(kind, about)

    @Slot()
    @override
    def start(self) -> None:
        self._open(self._wishes)

    def _open(self, found: Wishes) -> None:
        self.form.open_form(
            self.tr("What they want of a job"),
            self._parts(found),
            self._values(found),
            self._wish,
            save_wishes,
            about=f"wishes:{self.whose().hex}",
            client_id=self.client_id,
        )
        self.kinds.follow()

    def _strengths(self, *, never: bool) -> tuple[Option, ...]:
        all_ = (
            Option(NEED, self.tr("Must have")),
            Option(LIKE, self.tr("Would like")),
            Option(NEVER, self.tr("Will not do")),
        )
        return all_ if never else all_[:2]

    def _parts(self, found: Wishes) -> tuple[Part, ...]:
        offered = self.office.codes.options(TRAITS, unstated=False)
        keys = _MEASURED | {one.value for one in offered}
        held = (Option(row.trait, row.title) for row in found.rows if row.trait not in keys)
        some, every = self._strengths(never=False), self._strengths(never=True)
        sectors = self.office.codes.options(SECTOR_LIST, unstated=False)
        return (
            Stances(
                "traits",
                self.tr("What &matters"),
                self.tr(
                    "Keys 1 to 4 answer and go on; the arrows go up and down. Leave out what does not matter."
                ),
                subjects=(*offered, *held),  # what is offered no more stays with who wants it
                answers=(
                    Option(None, self.tr("No matter")),
                    Option(LIKE, self.tr("Like")),
                    Option(NEED, self.tr("Must")),
                    Option(NEVER, self.tr("Will not")),
                ),
            ),
            Together(
                Text("least_hours", self.tr("&Hours a week, at least")),
                Text("most_hours", self.tr("Hours a week, at mos&t")),
                Choice("hours_strength", self.tr("Hours matter"), options=some),
            ),
            Together(
                Text("least_pay", self.tr("&Pay an hour, at least"), placeholder="£12.71"),
                Choice("pay_strength", self.tr("Pay matters"), options=some),
            ),
            Together(
                Text("towns", self.tr("To&wns"), placeholder=self.tr("Barrow, Ulverston")),
                Choice("towns_strength", self.tr("Towns matter"), options=every),
            ),
            *kinds_parts(sectors, Choice("sectors_strength", self.tr("Kind of work matters"), options=every)),
            Lines("own_words", self.tr("In their own wor&ds"), rows=2),
        )

    def _values(self, found: Wishes) -> dict[str, Any]:
        hours, pay, towns, sectors = (found.of(trait) for trait in (HOURS, PAY, TOWNS, SECTORS))
        return {
            "traits": {row.trait: row.strength for row in found.rows if row.trait not in _MEASURED},
            "least_hours": plain_hours(hours.least) if hours else "",
            "most_hours": plain_hours(hours.most) if hours else "",
            "hours_strength": hours.strength if hours else NEED,
            "least_pay": plain_pounds(pay.least) if pay else "",
            "pay_strength": pay.strength if pay else NEED,
            "towns": ", ".join(towns.among) if towns else "",
            "towns_strength": towns.strength if towns else LIKE,
            **kinds_values(sectors.among if sectors else ()),
            "sectors_strength": sectors.strength if sectors else LIKE,
            "own_words": found.own_words,
        }

    def _wish(self, values: dict[str, Any]) -> SaveWishes:
        told = {name: value for name, value in values.items() if name not in NAMES}
        before = self._wishes.of(SECTORS)
        for name, usual in (("hours", NEED), ("pay", NEED), ("towns", LIKE), ("sectors", LIKE)):
            told[f"{name}_strength"] = told[f"{name}_strength"] or usual
        sectors = kinds_told(values, before.among if before else ())
        return SaveWishes(client_id=self.whose(), sectors=sectors, **told)
