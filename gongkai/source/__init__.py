"""Source: text to values. Every problem is found with its line and column, all at once."""
