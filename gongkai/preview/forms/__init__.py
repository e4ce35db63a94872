"""Forms in the preview, for those who never see a file."""
