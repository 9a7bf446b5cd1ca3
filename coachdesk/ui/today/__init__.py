"""Today: who needs us, and one key to answer."""
