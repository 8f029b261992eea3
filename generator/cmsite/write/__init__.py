"""Turn values into files: a whole generation at a time, or not at all."""
