"""How the service works: indicators of IPS and supported employment, each with what it was worked out from.

Facts 12.4 rows 5 to 10 and 15 to 20. Bands stand only where the published text was verified, and no fidelity score is
made of them. The figures stay inside the vault: they are about few people and nothing in them is hidden.
"""
