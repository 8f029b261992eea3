"""Read a Jekyll blog: its file names, its loose YAML, its Liquid and its kramdown."""
