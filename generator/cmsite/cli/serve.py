"""Offer `cmsite serve`: a preview in the browser that follows every change."""

from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING

import click

from cmsite.cli.options import instant, profile_option, site_folder, target_option

if TYPE_CHECKING:
    from cmsite.serve.preview import News
    from cmsite.serve.serve import Served


@click.command("serve")
@profile_option
@target_option
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, metavar="N", show_default=True,
    help="Listen here; 0 is any free port.",
)  # fmt: skip
@click.option("--drafts", is_flag=True, help="Show drafts, and posts whose date is still to come.")
@click.option("--expose", is_flag=True, help="Let other machines read the preview too.")
@click.pass_context
def command(ctx: click.Context, profile: str, target: str, port: int, drafts: bool, expose: bool) -> None:
    """Preview the site in your browser: it follows every change, and shows what is wrong where it shows.

    The output stays as it is. A bar below each page switches to another profile or target, and says why
    the page is there. Ctrl-C ends it.
    """
    from cmsite.serve.serve import serve_site

    signal.signal(signal.SIGINT, signal.default_int_handler)  # a script's `&` has it ignored
    try:
        serve_site(
            site_folder(ctx), port=port, profile=profile, target=target, drafts=drafts, exposed=expose,
            clock=lambda: instant(None), timer=time.monotonic, told=_tell, ready=_tell_ready,
        )  # fmt: skip
    except KeyboardInterrupt:
        click.echo("\nthe preview has ended", err=True)


def _tell_ready(served: Served) -> None:
    from cmsite.cli.tell import console
    from cmsite.serve.watch import can_be_told

    if not can_be_told():
        console().print(
            "changes are looked for twice a second: `pip install 'cmsite[serve]'` sees them at once"
        )
    if served.elsewhere:
        console().print("every machine that reaches this one can read the preview, because of --expose:")
        for url in served.elsewhere:
            console().print(f"  {url}")
    console().print(f"preview: {served.url} (Ctrl-C ends it)")


def _tell(news: News) -> None:
    from cmsite.cli.tell import console, counted, tell_problems

    if news.published is None:
        tell_problems(news.problems)
        console().print(f"{counted(news.problems)}; the last good site stays")
        return
    published = news.published
    made = f"{published.pages} pages, {published.rendered} files rendered, {published.kept} kept"
    console().print(f"{news.choice.label}: {made}, {news.seconds:.2f} s")
