"""Tell each article of Pelican which one is older and which newer, as the others do by themselves."""

from itertools import pairwise

from pelican import signals
from pelican.generators import ArticlesGenerator


def register() -> None:
    """Ask Pelican to be told when it has read all articles."""
    signals.article_generator_finalized.connect(tie)


def tie(generator: ArticlesGenerator) -> None:
    """Give each article its neighbours; the newest comes first."""
    for newer, older in pairwise(generator.articles):
        newer.older, older.newer = older, newer
