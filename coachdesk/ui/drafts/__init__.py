"""What was being typed when the vault closed: shown beside what was saved, never lost and never in the way."""
