"""Pages for desks and phones."""
