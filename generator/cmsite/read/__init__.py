"""Turn the author's files into values, and find every mistake in them, all at once."""
