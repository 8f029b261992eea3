"""Give a site with words of nobody in the place of its author's, to hear what the program says of itself.

What such a site's edition holds is the program's and the theme's: names of elements and keys, and all
that Markdown adds. Nothing in it can be a leak, for there is nothing left to leak.
"""

from __future__ import annotations

from datetime import UTC, datetime

from msgspec.structs import replace

from cmsite.model import Body, Kind, Language, Place, Post, Profile, Site, Slug, Target
from cmsite.shape.report.leaks.sayings import shown_profile, shown_settings

_YEAR = 2001  # long past at any instant at which such a site is built
_EVERY_MARK = """
# Un

## Deux

> [!NOTE]
> Un

> [!TIP]
> Un

> [!IMPORTANT]
> Un

> [!WARNING]
> Un

> [!CAUTION]
> Un

- [ ] un
- [x] deux

1. un

| un | deux |
|:--|--:|
| un | deux |

```python
def un(): return "deux"  # un
```

un[^1] ==deux== ~~un~~ **deux** *un* `deux` <kbd>un</kbd>

un
: deux

[^1]: un
"""


def bare_site(site: Site, profile: Profile, target: Target | None = None) -> Site:
    """Return the site with one profile, and a few posts that have every mark and say nothing."""
    settings = shown_settings(site.settings)
    return replace(
        site,
        settings=replace(settings, profile=profile.name),
        profiles=(shown_profile(profile, target),),
        posts=tuple(_post_of_nobody(month, profile.language) for month in (1, 2, 3)),
        pages=(),
        files=tuple(file for file in site.files if file.path == settings.author.photo),
        static=(),
        threads=(),
    )


def _post_of_nobody(month: int, language: Language) -> Post:
    name, day = f"un-{month}", datetime(_YEAR, month, 1, tzinfo=UTC)
    return Post(
        kind=Kind.POST,
        slug=Slug(name),
        title="Un",
        language=language,
        body=Body(_EVERY_MARK, Place(f"content/posts/{name}.md")),
        source=f"content/posts/{name}.md",
        name=name,
        date=day,
        updated=day,
        summary="Deux" if month % 2 else "",
        tags=("un",),
        category="un",
        series="un",
        pinned=month == 1,
    )
