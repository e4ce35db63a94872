"""Values and terms of the trade: what an item, a board, a day is. No input, no output."""
