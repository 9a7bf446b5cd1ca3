"""Rules of referring on: when Today asks for an answer, and when the directory is to be looked at again."""

from PySide6.QtWidgets import QWidget

from coachdesk.casework.referral_rules import referral_rules, set_referral_rule
from coachdesk.ui.office import Office
from coachdesk.ui.settings.number_rules_card import NumberRulesCard, RulesAsked


class ReferralRulesCard(NumberRulesCard):
    """The rules of referring on, below the directory they are about."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(
            office,
            RulesAsked(referral_rules, set_referral_rule, "referral_rule"),
            self.tr("When Today and the directory remind"),
            parent=parent,
        )
