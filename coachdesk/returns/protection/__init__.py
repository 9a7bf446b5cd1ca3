"""The protection of a pack: which numbers are withheld so that no small one can be worked out."""

from coachdesk.returns.protection.protecting import Protection, protect
from coachdesk.returns.protection.release import render_release
from coachdesk.returns.protection.rounding import Rounded, round_to

__all__ = ["Protection", "Rounded", "protect", "render_release", "round_to"]
