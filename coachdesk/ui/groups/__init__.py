"""Group sessions: a register filled in by typing a few letters of each name."""
