"""Spreadsheets as a reader sees them: the text of every visible cell, or why it cannot be told."""
