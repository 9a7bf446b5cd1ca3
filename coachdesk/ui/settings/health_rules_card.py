"""Rules of health at work: when Today calls for an adjustment, Access to Work, a fit note; each with its source."""

from PySide6.QtWidgets import QWidget

from coachdesk.casework.health_rules import health_numbers, set_health_rule
from coachdesk.ui.office import Office
from coachdesk.ui.settings.number_rules_card import NumberRulesCard, RulesAsked


class HealthRulesCard(NumberRulesCard):
    """The rules of health at work, in Settings."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(
            office,
            RulesAsked(health_numbers, set_health_rule, "health_rule"),
            self.tr("Rules of health at work"),
            self.tr("When Today calls for an adjustment, for Access to Work or for time off sick."),
            parent,
        )
