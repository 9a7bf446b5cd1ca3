"""The team's page: who is fading, who covers for whom, and handing a caseload over."""
