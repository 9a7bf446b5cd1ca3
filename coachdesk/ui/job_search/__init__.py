"""Looking for work, on a client's page: what they want, what there is, and the way to a job."""
