"""Sustained work on screen: how a client stands by each funder's rule, and the rules themselves."""
