"""The story from content to site, and what need not be done again."""
