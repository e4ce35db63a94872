"""How everything stands at an instant: what is up, due, open, and what comes next."""
