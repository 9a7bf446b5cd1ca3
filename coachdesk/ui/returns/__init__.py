"""Returns: choose, see the figures and what would spoil them, see what protection costs, issue."""
