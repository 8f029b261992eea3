"""Preview a site: build it on every change, and serve it to its author alone."""
