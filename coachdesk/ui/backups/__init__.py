"""Backups in the window: made while somebody works, and restored step by step."""
