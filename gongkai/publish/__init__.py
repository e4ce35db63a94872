"""How a finished site goes up whole or not at all, and what is known of those before it."""
