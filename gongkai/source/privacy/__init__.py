"""Personal numbers and names in whatever goes out, found in the form in which a person reads it."""
