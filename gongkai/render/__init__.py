"""Render: one edition, three representations (page, screen, poster), so they cannot disagree."""
