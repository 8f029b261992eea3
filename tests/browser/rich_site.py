"""Write a site that uses all a page can hold: every kind of page, in two languages, with long texts."""

from __future__ import annotations

from pathlib import Path

from pictures import picture
from site_folder import SiteFolder

_CONFIG = """\
title: Carnet
description: Écouter, puis répondre.
url: https://blog.example/carnet/
language: fr
timezone: Europe/Paris
profile: sante
posts_per_page: 2
menu: [blog, about]
author:
  name: Camille Martin
  email: camille@example.org
  show_email: true
  photo: files/camille.png
  links: [{label: Ailleurs, url: "https://example.net/@camille", me: true}]
  base:
    listening: {level: 5, proof: [tout, everything]}
    influencers: {level: 2}
  experience:
    - {role: Community manager, organisation: Association Exemple, from: 2021-03, summary: Forum et charte}
comments: {giscus: {repo: moi/carnet, repo_id: R_1, category: Réponses, category_id: C_1}}
"""
_PROFILE = """\
language: {language}
headline: Community manager
mask: {{niche: e-sante, locality: paris}}
site: {{title: "{title}"}}
path: {language}
targets:
  - name: Clinique Exemple
    slug: clinique-exemple
    needs: {{niche: [e-sante]}}
    greeting: "Bonjour à l'équipe."
    public: true
"""
_HEAD = """\
title: {title}
summary: {summary}
updated: 2026-03-04
tags: [écoute, très longue étiquette qui ne tient pas sur une ligne]
category: méthode
series: Les bases
language: {language}
translation: tout
image: files/salle.png
image_alt: Une salle
mask: {{niche: e-sante}}
variants:
  - when: {{niche: e-sante}}
    call_to_action: {{label: Parlons-en, url: /about/}}
"""
_BODY = """\
On écoute[^1], puis on *répond* ; le `code` reste du code, <kbd>Ctrl</kbd> une touche, ==ceci== reste.

## Un tableau large

| Ce qui est dit | Ce que la personne cherche | Qui a répondu | Quand | Combien | À qui le dire |
|:---|---|---:|:-:|---|---|
| AnticonstitutionnellementAnticonstitutionnellement | Être prévenue | Personne | Jamais | 12 | Équipe |

## Du code

```python
@decorated(2.5)
class Listener(Base):
    \"\"\"Say nothing yet.\"\"\"

    async def listen(self, words: list[str] | None = None) -> dict[str, int]:  # on and on
        return {f"{word!r}\\n": len(word) + 0x1F for word in words or () if word != "silence"}
```

```diff
- ce qui part
+ ce qui vient
```

```text
une ligne très longue qui ne se coupe pas et dépasse donc de la colonne, même dans une fenêtre large
```

## Des remarques

> [!NOTE]
> Une note, avec [un lien](https://example.org/).

> [!TIP]
> Un conseil.

> [!IMPORTANT]
> Un point.

> [!WARNING]
> Un avertissement.

> [!CAUTION]
> Une prudence.

> Une citation sans rien.

### Des listes

- [x] fait
- [ ] à faire

Terme
:   Sa définition.

1. Un
2. Deux

#### Une figure

![Une salle vide](files/salle.png "La salle avant l'arrivée")

~~Retiré.~~ <https://example.org/une/adresse/tres/longue/qui/ne/se/coupe/pas/d-elle-meme/et/deborde>

---

[^1]: Une note, avec `du code` et [un lien](https://example.org/).
"""
_SMALL_TABLE = """\
| Ce que l'on constate | Ce que l'on recommande | Ce qui recommence |
|---|---|---|
| Mécontentement | Reconnaissance | Incompréhension |
"""
_COMMENTS = """\
- {id: 1, author: Une lectrice, url: "https://lectrice.example/", date: 2026-03-06 10:00, text: Merci !}
- {id: 2, author: Camille, date: 2026-03-08, parent: 1, text: "<p>Oui, <b>à vous</b></p>"}
- {id: 3, author: Un autre, date: 2026-03-09, text: "Et moi ?", parent: 2}
"""
_LANGUAGES = (("fr", "sante", "Carnet", "tout"), ("en", "health", "Notebook", "everything"))


def write_rich_site(root: Path) -> SiteFolder:
    """Write the site: a French edition at the root, an English one below it."""
    site = SiteFolder(root).started()
    site.delete("profiles/sante.yml").write("cmsite.yml", _CONFIG)
    site.write("content/files/camille.png", picture(240, 240)).write(
        "content/files/salle.png", picture(900, 600)
    )
    for language, profile, title, slug in _LANGUAGES:
        site.write(f"profiles/{profile}.yml", _PROFILE.format(language=language, title=title))
        head = _HEAD.format(
            title=f"Tout, {language}", summary="Ce qu'un texte peut tenir.", language=language
        )
        site.post(slug, head, _BODY, date="2026-03-05")
        site.write(f"content/comments/{slug}.yml", _COMMENTS)
        _write_others(site, language)
    return site


def _write_others(site: SiteFolder, language: str) -> None:
    """Write short posts, enough for a second page of the blog and for neighbours, and a page."""
    for number in range(1, 8):
        head = f"language: {language}\ntags: [écoute]\nseries: Les bases\nmask: {{niche: e-sante}}\n"
        body = f"On écoute, {number} fois.\n\n{_SMALL_TABLE}"
        site.post(f"court-{language}-{number}", head, body, date=f"2026-02-0{number}")
    slug = "contact" if language == "fr" else "contact-us"
    site.write(
        f"content/pages/{slug}.md",
        f"---\ntitle: Contact\nlanguage: {language}\n---\n\nÉcrivez.\n\n## Où\n\nIci.\n",
    )
