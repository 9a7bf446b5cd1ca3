"""Employers as equals of clients: who they are, what they promised, our talks with them, and who kept people."""
