"""What is handed over on paper: plans and letters."""
