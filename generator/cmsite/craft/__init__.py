"""Turn bytes into bytes, with heavy libraries that are imported when they are needed."""
