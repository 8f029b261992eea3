"""Answer an author's questions about an edition, as values: why a post is in it or not."""
