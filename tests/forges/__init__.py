"""Stand-ins for the forges that an editing page writes to, each over a real repository."""
