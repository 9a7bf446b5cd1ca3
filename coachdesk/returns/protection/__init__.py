"""The protection of a pack: which numbers are withheld so that no small one can be worked out."""

from coachdesk.returns.protection.protecting import Protection, protect
from coachdesk.returns.protection.release import render_release

__all__ = ["Protection", "protect", "render_release"]
