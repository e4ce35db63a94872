"""The disk: how files look, locks, checked files, what is kept, who works on them."""
