"""What a screen reader should hear that no focus change would tell it."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, words: str, *, urgent: bool = False) -> None:
    """Speak words through the system's screen reader, now (urgent) or after what it is saying."""
    event = QAccessibleAnnouncementEvent(widget, words)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
    QAccessible.updateAccessibility(event)


def name(widget: QWidget, words: str, description: str = "") -> None:
    """Give a widget the name (and, if any, the description) that a screen reader reads."""
    widget.setAccessibleName(words)
    if description:
        widget.setAccessibleDescription(description)
