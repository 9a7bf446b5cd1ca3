"""An item of an award, and a claim, each as one line of words."""

from PySide6.QtCore import QCoreApplication

from coachdesk.casework.awards import AwardRow, ClaimRow
from coachdesk.ui.spoken import day, money

translate = QCoreApplication.translate


def award_words(item: AwardRow) -> str:
    """Return what is paid for, how much and how often, between which days, since when it is there, and from whom."""
    told = [item.what, item.sort_words, item.amount_words]
    if item.from_on is not None:
        told.append(translate("AwardLines", "from {day}").format(day=day(item.from_on)))
    if item.until_on is not None:
        told.append(translate("AwardLines", "until {day}").format(day=day(item.until_on)))
    if item.in_place_on is not None:
        told.append(translate("AwardLines", "in place since {day}").format(day=day(item.in_place_on)))
    words = "  ·  ".join(part for part in told if part)
    return "\n".join(part for part in (words, item.note) if part)


def claim_words(claim: ClaimRow) -> str:
    """Return how much is claimed, for what, and when it was sent and paid."""
    told = [translate("AwardLines", "Claim of {amount}").format(amount=money(claim.amount_pence)), claim.item]
    if claim.sent_on is not None:
        told.append(translate("AwardLines", "sent {day}").format(day=day(claim.sent_on)))
    paid = translate("AwardLines", "not paid yet")
    if claim.paid_on is not None:
        paid = translate("AwardLines", "paid {day}").format(day=day(claim.paid_on))
    return "  ·  ".join(part for part in (*told, paid) if part)
