"""Forms: declared questions, forgiving answers."""

from coachdesk.ui.forms.fields import (
    Check,
    Choice,
    Choices,
    Date,
    Field,
    Heading,
    Lines,
    Number,
    Option,
    Scale,
    Text,
    Together,
)
from coachdesk.ui.forms.form import Form

__all__ = [
    "Check",
    "Choice",
    "Choices",
    "Date",
    "Field",
    "Form",
    "Heading",
    "Lines",
    "Number",
    "Option",
    "Scale",
    "Text",
    "Together",
]
