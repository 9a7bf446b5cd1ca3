"""Mapped classes and their invariants; no session, no queries."""
