"""The settings page: one card a subject, all editable by the charity itself."""

from collections.abc import Callable
from itertools import chain
from typing import Protocol, cast, runtime_checkable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QTabBar, QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.terms import Kind
from coachdesk.ui.office import Office
from coachdesk.ui.outcomes.rules_card import OutcomeRulesCard
from coachdesk.ui.page import Page
from coachdesk.ui.settings.bank_holidays_card import BankHolidaysCard
from coachdesk.ui.settings.calendar_card import CalendarCard
from coachdesk.ui.settings.card_place import CardPlace, CardT
from coachdesk.ui.settings.fields_card import FieldsCard
from coachdesk.ui.settings.guidance_card import GuidanceWordingCard
from coachdesk.ui.settings.health_rules_card import HealthRulesCard
from coachdesk.ui.settings.letters_card import LettersCard
from coachdesk.ui.settings.lists_card import ListsCard
from coachdesk.ui.settings.look_card import LookCard
from coachdesk.ui.settings.notice_card import NoticeVersionCard
from coachdesk.ui.settings.people_cards import NewKeyCard, PassphraseCard
from coachdesk.ui.settings.people_recovery_card import RecoveryCard
from coachdesk.ui.settings.people_working import bring_into_sight
from coachdesk.ui.settings.privacy_card import PrivacyCard
from coachdesk.ui.settings.programmes_card import ProgrammesCard
from coachdesk.ui.settings.rates_card import RatesCard
from coachdesk.ui.settings.scales_card import ScalesCard
from coachdesk.ui.settings.schemes_card import SchemesCard
from coachdesk.ui.settings.sheet_card import SheetWordingCard
from coachdesk.ui.settings.team_card import TeamCard
from coachdesk.ui.settings.vault_card import AboutCard, VaultCard
from coachdesk.ui.widgets import ScrollPage, label, row, secondary_button

PARTS = (
    "look", "programmes", "lists", "questions", "rates", "letters", "employers", "people", "vault",
)  # fmt: skip
"""The tabs by their keys, for whoever leads here."""
_CARDS = {
    "look": ("look_card", "privacy_card"),
    "programmes": ("programmes", "outcome_rules"),
    "lists": ("lists", "notice_version"),
    "questions": ("fields", "scales"),
    "rates": ("rates", "bank_holidays", "health_rules", "sheet_wording"),
    "letters": ("letters",),
    "employers": ("schemes", "guidance"),
    "people": ("team", "passphrase", "recovery", "new_key"),
    "vault": ("vault_card", "calendar_card", "about"),
}
"""The cards of each tab, from above."""
_ORDER = tuple(chain.from_iterable(_CARDS.values()))


@runtime_checkable
class _Reading(Protocol):
    """A card that shows what is in the vault."""

    def refresh(self) -> None:
        """Ask again."""


def _about(_office: Office) -> AboutCard:
    return AboutCard()


class SettingsPage(Page):
    """Tabs of cards; everything saves at once and can be undone. A card is made when its tab is first shown.

    Signals: ``backed_up()`` when a backup was made here; ``lock_wanted()`` for a change that takes a new unlocking.
    """

    concerns = frozenset(
        {
            Kind.PROGRAMME,
            Kind.CODE,
            Kind.HUB,
            Kind.COACH,
            Kind.PROFILE_FIGURE,
            Kind.CUSTOM_FIELD,
            Kind.SCALE,
            Kind.RATE,
            Kind.OUTCOME_RULE,
            Kind.READING,
            Kind.LETTER_TEMPLATE,
            Kind.SCHEME,
            Kind.GUIDANCE_SHEET,
        }
    )

    backed_up = Signal()
    lock_wanted = Signal()

    look_card = CardPlace(LookCard)
    privacy_card = CardPlace(PrivacyCard)
    programmes = CardPlace(ProgrammesCard)
    outcome_rules = CardPlace(OutcomeRulesCard)
    lists = CardPlace(ListsCard)
    notice_version = CardPlace(NoticeVersionCard)
    fields = CardPlace(FieldsCard)
    scales = CardPlace(ScalesCard)
    rates = CardPlace(RatesCard)
    bank_holidays = CardPlace(BankHolidaysCard)
    health_rules = CardPlace(HealthRulesCard)
    sheet_wording = CardPlace(SheetWordingCard)
    letters = CardPlace(LettersCard)
    schemes = CardPlace(SchemesCard)
    guidance = CardPlace(GuidanceWordingCard)
    team = CardPlace(TeamCard)
    passphrase = CardPlace(PassphraseCard)
    recovery = CardPlace(RecoveryCard)
    new_key = CardPlace(NewKeyCard)
    vault_card = CardPlace(VaultCard)
    calendar_card = CardPlace(CalendarCard)
    about = CardPlace(_about)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._made: dict[str, QWidget] = {}
        self._to_read: set[str] = set()
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(self.tr("Parts of the settings"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self._arrange()
        self.show_group(0)

    def _arrange(self) -> None:
        area = ScrollPage(self)
        self.fill_with(area)
        self.rights_button = secondary_button(self.tr("&Data rights"), "shield-check")
        self.rights_button.setToolTip("Alt+5")
        self.rights_button.clicked.connect(self._to_rights)
        area.body.addLayout(row(label(self.tr("Settings"), "title"), 1, self.rights_button))
        area.body.addWidget(self.tabs)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(area.body.spacing())
        area.body.addLayout(self._cards)
        area.body.addStretch(1)
        words = {
            "look": self.tr("Look and lock"),
            "programmes": self.tr("Programmes"),
            "lists": self.tr("Lists"),
            "questions": self.tr("Questions"),
            "rates": self.tr("Rates and rules"),
            "letters": self.tr("Letters"),
            "employers": self.tr("Employers"),
            "people": self.tr("People"),
            "vault": self.tr("Vault"),
        }
        for key in PARTS:
            self.tabs.addTab(words[key])
        self.tabs.currentChanged.connect(self.show_group)

    def card(self, name: str, make: Callable[[Office], CardT]) -> CardT:
        """Return a card, made now and put at its place if nobody has asked for it before."""
        found = self._made.get(name)
        if found is not None:
            return cast("CardT", found)  # what its place makes, and nothing else, is kept under its name
        card = make(self.office)
        before = sum(one in self._made for one in _ORDER[: _ORDER.index(name)])
        self._made[name] = card
        card.hide()  # until it is read, where that is quick
        self._cards.insertWidget(before, card)
        if isinstance(card, VaultCard):
            card.backed_up.connect(self.backed_up)
            card.lock_wanted.connect(self.lock_wanted)
        elif isinstance(card, TeamCard):
            card.lock_wanted.connect(self.lock_wanted)
        if not self._is_stale:
            _read(card)
        card.setVisible(name in self._in_sight())
        return card

    def _in_sight(self) -> tuple[str, ...]:
        """Return the names of the cards on the tab that is chosen."""
        return _CARDS[PARTS[self.tabs.currentIndex()]]

    @Slot()
    def _to_rights(self) -> None:
        self.go.emit("rights")

    def show_group(self, index: int) -> None:
        """Show the cards of one tab."""
        wanted = _CARDS[PARTS[index]]
        for name, card in self._made.items():
            if name not in wanted:
                card.hide()
        for name in wanted:
            card = getattr(self, name)
            if name in self._to_read:
                self._to_read.discard(name)
                _read(card)
            card.show()

    def show_part(self, key: str) -> None:
        """Show one tab by its key, or one card of it at the top; raises ValueError for a key that is none."""
        is_card = key in {"recovery", "passphrase"}
        self.tabs.setCurrentIndex(PARTS.index("people" if is_card else key))
        if is_card:
            card = getattr(self, key)
            bring_into_sight(card, card)

    def show_programme(self, key: str) -> None:
        """Bring a programme into sight with the form for its threshold open."""
        self.show_part("programmes")
        self.programmes.set_threshold_of(key)

    @override
    def refresh(self) -> None:
        """Read the cards in sight again; the others when their tab is next chosen."""
        self._to_read = set(self._made)
        self.show_group(self.tabs.currentIndex())


def _read(card: QWidget) -> None:
    if isinstance(card, _Reading):
        card.refresh()
