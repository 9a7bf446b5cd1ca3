"""Clients: the list, one client's page, and the forms on it."""
