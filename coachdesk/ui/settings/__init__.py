"""Settings: the look, the lock, programmes, lists, the team, and the vault itself."""
