"""Bringing in a caseload: files, columns, a look before anything is written, and the account."""
