"""Vacancies of the team, whom each may suit, and all applications of a caseload by stage."""
