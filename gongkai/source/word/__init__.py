"""Written documents, of whatever program: what their readers see."""
