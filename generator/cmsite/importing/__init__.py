"""Bring in posts from elsewhere: another generator's folder becomes files that cmsite reads."""
