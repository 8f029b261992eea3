"""cmsite turns one tree of Markdown posts into as many tailored sites as there are profiles.

The pipeline: `read` makes values of the author's files and finds every mistake; `shape` chooses,
orders and words the posts for one profile, plans every output, tells its exact inputs when it comes to it
and renders what is out of date; `write` stages the generation whole and swaps it in. `build` joins them, and
`cli` is the way in.
"""

__version__ = "0.1.0"
