"""The encrypted store: key slots, engine, unit of work, journal, drafts, backup, migrations."""
