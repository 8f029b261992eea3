"""Measure cmsite beside Hugo and Pelican, on the same made-up posts, as whole processes.

`corpus` makes posts from word lists and a number, `sites` writes them as each program wants them,
`contenders` says how each is run, `race` runs them in turn, `goals` holds the medians against what we want,
and `page` writes that down, met or missed. `python -m benchmarks --help` tells the rest.
"""
