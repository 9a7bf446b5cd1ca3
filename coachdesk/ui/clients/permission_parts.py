"""The two questions before anything about a client goes to somebody else: what it tells, and why without permission."""

from PySide6.QtCore import QCoreApplication

from coachdesk.casework.permission_check import TAKING_PART
from coachdesk.ui.code_book import CodeBook
from coachdesk.ui.forms.fields import Choices, Lines

translate = QCoreApplication.translate


def told_part(codes: CodeBook, title: str) -> Choices:
    """Return the question what somebody is told; that the client takes part is told in any case."""
    return Choices(
        "data",
        title,
        translate("PermissionParts", "That they take part is told in any case."),
        options=tuple(
            one for one in codes.options("shared_data", unstated=False) if one.value != TAKING_PART
        ),
        columns=3,
    )


def override_part() -> Lines:
    """Return the question why something goes without the client's permission."""
    return Lines(
        "override_reason",
        translate("PermissionParts", "Why without their permission"),
        translate("PermissionParts", "Only where it cannot wait, as when somebody is in danger. It is kept."),
        rows=2,
    )
