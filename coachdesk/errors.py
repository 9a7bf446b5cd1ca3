"""The three fates of an error: a refusal, a trouble, or our own bug (everything else)."""

from collections.abc import Mapping

from coachdesk.overriding import override


class CoachDeskError(Exception):
    """Root of every error whose text is written for the person at the desk."""


class Refusal(CoachDeskError):
    """The person can put it right: shown beside the field, nothing was written.

    ``fields`` maps a field name to the sentence that belongs beside it.
    """

    def __init__(self, message: str, *, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.fields: dict[str, str] = dict(fields or {})


class Trouble(CoachDeskError):
    """The computer got in the way (disk, permission, damage): shown as a banner that stays.

    ``advice`` says what to do next, in a sentence. ``about`` names what was not done where the window takes the
    banner away by itself once it was done after all; it is empty for every other trouble.
    """

    def __init__(self, message: str, *, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice
        self.about = ""

    @override
    def __str__(self) -> str:
        return f"{self.message} {self.advice}".strip()


class Cancelled(CoachDeskError):
    """The person stopped long work; nothing was written and nothing needs saying."""
