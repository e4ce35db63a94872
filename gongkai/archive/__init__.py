"""The yearly archive: what was published in a year, with its evidence, to be handed over (归档)."""
