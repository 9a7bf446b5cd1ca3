"""The indicators of facts 12.4: each one query that finds exactly the people it counts."""
