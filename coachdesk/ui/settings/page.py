"""The settings page: one card a subject, all editable by the charity itself."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QTabBar, QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.terms import Changes, Kind
from coachdesk.ui.office import Office
from coachdesk.ui.outcomes.rules_card import OutcomeRulesCard
from coachdesk.ui.page import Page
from coachdesk.ui.settings.calendar_card import CalendarCard
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
_CONCERNS = frozenset(
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


class SettingsPage(Page):
    """Tabs of cards; everything saves at once and can be undone."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.look_card = LookCard(office)
        self.privacy_card = PrivacyCard(office)
        self.programmes = ProgrammesCard(office)
        self.outcome_rules = OutcomeRulesCard(office)
        self.lists = ListsCard(office)
        self.notice_version = NoticeVersionCard(office)
        self.fields = FieldsCard(office)
        self.scales = ScalesCard(office)
        self.rates = RatesCard(office)
        self.health_rules = HealthRulesCard(office)
        self.sheet_wording = SheetWordingCard(office)
        self.letters = LettersCard(office)
        self.schemes = SchemesCard(office)
        self.guidance = GuidanceWordingCard(office)
        self.team = TeamCard(office)
        self.passphrase = PassphraseCard(office)
        self.recovery = RecoveryCard(office)
        self.new_key = NewKeyCard(office)
        self.vault_card = VaultCard(office)
        self.calendar_card = CalendarCard(office)
        self.about = AboutCard()
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(self.tr("Parts of the settings"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self._groups: tuple[tuple[str, tuple[QWidget, ...]], ...] = (
            (self.tr("Look and lock"), (self.look_card, self.privacy_card)),
            (self.tr("Programmes"), (self.programmes, self.outcome_rules)),
            (self.tr("Lists"), (self.lists, self.notice_version)),
            (self.tr("Questions"), (self.fields, self.scales)),
            (self.tr("Rates and rules"), (self.rates, self.health_rules, self.sheet_wording)),
            (self.tr("Letters"), (self.letters,)),
            (self.tr("Employers"), (self.schemes, self.guidance)),
            (self.tr("People"), (self.team, self.passphrase, self.recovery, self.new_key)),
            (self.tr("Vault"), (self.vault_card, self.calendar_card, self.about)),
        )
        self._arrange()
        self.show_group(0)

    def _arrange(self) -> None:
        area = ScrollPage()
        self.rights_button = secondary_button(self.tr("&Data rights"), "shield-check")
        self.rights_button.setToolTip("Alt+5")
        self.rights_button.clicked.connect(self._to_rights)
        area.body.addLayout(row(label(self.tr("Settings"), "title"), 1, self.rights_button))
        area.body.addWidget(self.tabs)
        for name, cards in self._groups:
            self.tabs.addTab(name)
            for card in cards:
                area.body.addWidget(card)
        area.body.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(area)
        self.team.lock_wanted.connect(self.vault_card.lock_wanted)
        self.tabs.currentChanged.connect(self.show_group)

    @Slot()
    def _to_rights(self) -> None:
        self.go.emit("rights")

    def show_group(self, index: int) -> None:
        """Show the cards of one tab."""
        for place, (_, cards) in enumerate(self._groups):
            for card in cards:
                card.setVisible(place == index)

    def show_part(self, key: str) -> None:
        """Show one tab by its key, or one card of it at the top; raises ValueError for a key that is none."""
        card = {"recovery": self.recovery, "passphrase": self.passphrase}.get(key)
        self.tabs.setCurrentIndex(PARTS.index("people" if card is not None else key))
        if card is not None:
            bring_into_sight(card, card)

    def show_programme(self, key: str) -> None:
        """Bring a programme into sight with the form for its threshold open."""
        self.show_part("programmes")
        self.programmes.set_threshold_of(key)

    @override
    def wants(self, changes: Changes) -> bool:
        return any(ref.kind in _CONCERNS for ref in changes.refs)

    @override
    def refresh(self) -> None:
        keys = (self.passphrase, self.recovery, self.new_key)
        for card in (
            self.programmes,
            self.outcome_rules,
            self.lists,
            self.notice_version,
            self.fields,
            self.scales,
            self.rates,
            self.health_rules,
            self.sheet_wording,
            self.team,
            *keys,
            self.vault_card,
            self.calendar_card,
            self.letters,
            self.schemes,
            self.guidance,
        ):
            card.refresh()
