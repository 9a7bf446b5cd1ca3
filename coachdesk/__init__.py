"""CoachDesk: the desk of community employment coaches."""

__version__ = "0.1.0"
