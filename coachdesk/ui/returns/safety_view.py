"""What protection cost, and what the attack found."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.returns.wishes import PreparedReturn
from coachdesk.ui.clients.tab import clear
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Card, Fact, FactGrid, Pill, label, row, secondary_button

_MUCH, _TOO_MUCH = 0.2, 0.4


class SafetyView(QWidget):
    """Numbers withheld, the share, and plain sentences.

    Signals: ``again()`` when the person wants to choose another way of protecting.
    """

    again = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.body = QVBoxLayout()
        self.body.setSpacing(Space.SMALL)
        card = Card()
        card.add(self.body)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(card)
        box.addStretch(1)

    def show_return(self, prepared: PreparedReturn) -> None:
        """Show a return's protection."""
        clear(self.body)
        cost = prepared.cost
        verdict = (
            Pill(self.tr("Attacked and found safe"), Tone.OK)
            if prepared.is_safe
            else Pill(self.tr("Not safe: it will not be written"), Tone.DANGER)
        )
        self.body.addLayout(row(label(self.tr("Protection"), "section"), verdict, 1, spacing=Space.GAP))
        self.body.addWidget(
            FactGrid(
                (
                    Fact(self.tr("Numbers printed"), str(cost.cells - cost.hidden)),
                    Fact(self.tr("Numbers withheld"), str(cost.hidden)),
                    Fact(self.tr("Share withheld"), f"{cost.hidden_share:.0%}"),
                    Fact(self.tr("Totals withheld"), str(cost.margins_hidden)),
                    Fact(self.tr("Earlier returns weighed"), str(prepared.earlier)),
                    Fact(self.tr("Could less be withheld?"), self._proof(prepared.protection.get("gap"))),
                )
            )
        )
        if cost.hidden_share > _TOO_MUCH:
            advice = self.tr(
                "Much of this return is holes: a longer period or fewer tables would serve the reader better."
            )
            self.body.addWidget(label(advice, tone=Tone.WARNING, wrap=True))
        elif cost.hidden_share > _MUCH:
            advice = self.tr("More than a fifth is withheld; a longer period would show more.")
            self.body.addWidget(label(advice, tone=Tone.WARNING, wrap=True))
        for sentence in prepared.safety:
            self.body.addWidget(label(sentence, wrap=True))
        other = secondary_button(self.tr("Choose another way to protect"), "shield-check")
        other.clicked.connect(self.again)
        self.body.addLayout(row(other, 1))

    def _proof(self, gap: float | None) -> str:
        if gap is None:
            return self.tr("Not looked for")
        if gap == 0:
            return self.tr("No, and that is proven")
        return self.tr("By {gap} at most").format(gap=f"{gap:.0%}")
