"""What becomes of Liquid in a body."""

from __future__ import annotations

from pathlib import Path

import pytest

from importing.jekyll_blog import JekyllBlog, converted

CONFIG = """\
title: Carnet
url: https://example.org
baseurl: /carnet
twitter: {username: ann}
"""
HEAD = """\
title: Essai&nbsp;!
source:
  author: Ann Onyme
  year: 2010"""


@pytest.mark.parametrize(
    ("liquid", "text"),
    [
        ("Par {{ page.source.author }}, {{page.source.year}}.", "Par Ann Onyme, 2010."),
        ("{{ page.title }}", "Essai\u00a0!"),
        ("@{{ site.twitter.username }} sur {{ site.title | upcase }}", "@ann sur CARNET"),
        ("{{ site.url }}{{ site.baseurl }}/x", "https://example.org/carnet/x"),
        ('{{ "/x" | relative_url }}', "/carnet/x"),
        ("{{ 'x' | absolute_url }}", "https://example.org/carnet/x"),
        ('{{ "/x" | prepend: site.baseurl | prepend: site.url }}', "https://example.org/carnet/x"),
        ('[flux]({{\n"/feed.xml" | relative_url }})', "[flux](/feed.xml)"),
        ("{{- page.title -}}", "Essai\u00a0!"),
        ("avant{% comment %} rien {{ x }}\n{% endcomment %} après", "avant après"),
        ("a\n{% comment %}\nrien\n{% endcomment %}\nb", "a\nb"),
    ],
)
def test_what_head_and_settings_know_is_worked_out(tmp_path: Path, liquid: str, text: str) -> None:
    assert converted(tmp_path, liquid, head=HEAD, config=CONFIG) == (text, [])


@pytest.mark.parametrize(
    "liquid",
    [
        "{{ page.unknown }}",
        "{{ site.time | date: '%Y' }}",
        "{{ page.source }}",
        "{% include newsletter.html %}",
        "{% include figure.html src=page.picture %}",
        "{% if page.x %}oui{% else %}non{% endif %}",
        "{% unknown %}",
        "{% post_url 2001-01-01-nowhere %}",
        "{% link nowhere.md %}",
        "{% cloudinary {{ page.x }} %}",
        "{% raw %} never closed",
    ],
)
def test_other_liquid_is_left_as_it_is_and_told_with_its_line(tmp_path: Path, liquid: str) -> None:
    text, notes = converted(tmp_path, f"Avant.\n\n{liquid}", config=CONFIG)
    assert text == f"Avant.\n\n{liquid}"
    assert [(note.path, note.line, note.needs_hand) for note in notes] == [
        ("_posts/2016-03-08-essai.md", 6, True)
    ]


def test_a_body_that_still_looks_like_a_template_is_marked(tmp_path: Path) -> None:
    blog = (
        JekyllBlog(tmp_path)
        .config("")
        .post("2016-01-01-a", "{% raw %}{{ x }}{% endraw %}")
        .post("2016-01-02-b", "{x}")
    )
    blog.post("2016-01-03-c", "```\n{% if x %}\n```").bring()
    assert blog.head("content/posts/2016-01-01-a.md")["templating"] == "false"
    assert "templating" not in blog.head("content/posts/2016-01-02-b.md")
    assert blog.head("content/posts/2016-01-03-c.md")["templating"] == "false"


def test_raw_passages_lose_their_marks_and_nothing_else(tmp_path: Path) -> None:
    body = "{% raw %}\n{{ page.title }} `{% if %}`\n{% endraw %}\n`{% raw %}{{ x }}{% endraw %}`"
    assert converted(tmp_path, body)[0] == "{{ page.title }} `{% if %}`\n`{{ x }}`"


def test_code_is_not_touched(tmp_path: Path) -> None:
    spans = "`{: toc}` ``[a](/assets/x.png)``"
    body = f"```liquid\n{{% raw %}}\n{{{{ x }}}}\n{{% endraw %}}\n![x](/x.png)\n```\n\n{spans}"
    text, notes = converted(tmp_path, body)
    assert text == f"```liquid\n{{{{ x }}}}\n![x](/x.png)\n```\n\n{spans}"
    assert notes == []


def test_liquid_that_jekyll_ran_inside_code_is_told(tmp_path: Path) -> None:
    text, notes = converted(tmp_path, "~~~\n{{ site.url }}\n~~~")
    assert text == "~~~\n{{ site.url }}\n~~~"
    assert [note.needs_hand for note in notes] == [False]


def test_highlighted_code_becomes_a_fence(tmp_path: Path) -> None:
    body = (
        "Voici :\n{% highlight ruby linenos %}\nputs {% raw %}'{{ x }}'{% endraw %}\n{% endhighlight %}\nFin."
    )
    assert converted(tmp_path, body)[0] == "Voici :\n```ruby\nputs '{{ x }}'\n```\nFin."


def test_highlighted_code_on_one_line_gets_lines_of_its_own(tmp_path: Path) -> None:
    body = "Voici {% highlight js %}a(){% endhighlight %} et."
    assert converted(tmp_path, body)[0] == "Voici \n\n```js\na()\n```\n et."


def test_highlighted_code_with_fences_gets_a_longer_one(tmp_path: Path) -> None:
    body = "{% highlight markdown %}\n```\nx\n```\n{% endhighlight %}"
    assert converted(tmp_path, body)[0] == "````markdown\n```\nx\n```\n````"


def test_highlighted_code_in_a_list_keeps_its_indent(tmp_path: Path) -> None:
    body = "- un\n\n  {% highlight sh %}\n  ls\n  {% endhighlight %}"
    assert converted(tmp_path, body)[0] == "- un\n\n  ```sh\n  ls\n  ```"


@pytest.mark.parametrize(
    "written",
    [
        "[suite]({% post_url 2016-01-01-la-suite %})",
        "[suite]({%\npost_url 2016-01-01-la-suite %})",
        "[suite]({% post_url\n  2016-01-01-la-suite %})",
        "[suite]({% post_url la-suite %})",
        "[suite]({% post_url 2016-1-1-la-suite %})",
        "[suite]({% post_url 2099-99-99-la-suite %})",
        "[suite]({{ site.url }}{{ site.baseurl }}{% post_url 2016-01-01-la-suite %})",
        "[suite]({{site.baseurl}}{% link _posts/2016-01-01-la-suite.md %})",
    ],
)
def test_links_to_posts_name_the_slug(tmp_path: Path, written: str) -> None:
    blog = JekyllBlog(tmp_path).config(CONFIG).post("2016-01-01-la-suite").post("2016-01-02-b", written)
    blog.bring()
    assert blog.body("content/posts/2016-01-02-b.md") == "[suite](post:la-suite)"


def test_a_link_to_a_post_whose_slug_changed_names_the_new_one(tmp_path: Path) -> None:
    blog = JekyllBlog(tmp_path).config("").post("2016-01-01-bilan").post("2017-01-01-bilan")
    blog.post("2018-01-01-b", "[a]({% post_url 2017-01-01-bilan %}) [b]({% post_url bilan %})").bring()
    assert blog.body("content/posts/2018-01-01-b.md") == "[a](post:bilan-2) [b]({% post_url bilan %})"


def test_links_to_pages_and_files(tmp_path: Path) -> None:
    blog = JekyllBlog(tmp_path).config(CONFIG).file("assets/x.png").text("contact.md")
    body = "[c]({% link contact.md %}) ![x]({% link assets/x.png %})"
    blog.post("2016-01-02-b", body).bring()
    assert blog.body("content/posts/2016-01-02-b.md") == "[c](/contact/) ![x](files/assets/x.png)"


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("{% cloudinary /i/x.png %}", "![](files/i/x.png)"),
        ('{% cloudinary large /i/x.png\n alt= "Une [salle]" %}', r"![Une \[salle\]](files/i/x.png)"),
        ('{% cloudinary\n /i/x.png\n caption="L\'été\n « vu »" %}', '![](files/i/x.png "L\'été « vu »")'),
        (
            r'{% cloudinary /i/x.png caption="Dit \"oui\" et `non`" %}',
            '![](files/i/x.png "Dit &quot;oui&quot; et non")',
        ),
        ('{% include figure.html src="/i/x.png" alt=\'A\' caption="B" width=3 %}', '![A](files/i/x.png "B")'),
        ("{% include figure image_path='/i/x.png' alt=page.title %}", "![T](files/i/x.png)"),
        ('{% img left /i/x.png 30 40 "Titre" "Alt" %}', '![Alt](files/i/x.png "Titre")'),
        ("{% include_cached video.html width='6'\nurl=\"https://v.example/1\" %}", "<https://v.example/1>"),
        (
            '{% include video.html url="https://v.example/1" title="Le film" %}',
            "[Le film](https://v.example/1)",
        ),
        ('{% include youtube.html id="a-b" %}', "<https://www.youtube.com/watch?v=a-b>"),
        ("{% youtube a-b %}", "<https://www.youtube.com/watch?v=a-b>"),
        ('{% cloudinary https://i.example/x.png alt: "A" %}', "![A](https://i.example/x.png)"),
        ('{% cloudinary "/i/x y.png" alt="A" %}', "![A](files/i/x%20y.png)"),
    ],
)
def test_tags_that_show_pictures_and_videos(tmp_path: Path, tag: str, text: str) -> None:
    assert converted(tmp_path, tag)[0] == text


def test_a_caption_with_a_link_stands_below_its_picture(tmp_path: Path) -> None:
    text, notes = converted(tmp_path, '{% cloudinary /i/x.png caption="Par [Ann](https://a.example/)" %}')
    assert text == "![](files/i/x.png)  \nPar [Ann](https://a.example/)"
    assert "stands below" in " ".join(note.what for note in notes)


def test_lines_in_notes_are_those_of_the_old_file(tmp_path: Path) -> None:
    body = '{% cloudinary\n /i/x.png\n caption="x" %}\n\n{% comment %}\n\n{% endcomment %}\n'
    body += "{% mystery %}\n\n<script></script>"
    _, notes = converted(tmp_path, body)
    assert [(note.line, note.what.split()[0]) for note in notes if note.needs_hand] == [
        (4, "`/i/x.png`"),
        (11, "Liquid"),
        (13, "`<script>`"),
    ]
