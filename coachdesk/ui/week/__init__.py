"""A coach's own week: what it went into, day by day."""
