"""Before the vault is open: first run, passphrase, recovery key. Nothing here waits for SQLAlchemy."""
