"""The command line: the only place, beside MkDocs' plugin, that speaks and knows the time."""
