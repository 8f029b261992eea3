"""Put the words of the interface into templates before they are compiled, where nothing fills them.

`t('menu.home')` is then as cheap as the words themselves: a page asks for dozens of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

_CALL = ("name", "lparen", "string", "rparen")


class Folding(Extension):
    """Replaces `t('key')` by the string of that key; `strings` is set on the environment."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Yield the tokens of a template, each such call as one string."""
        tokens = list(stream)
        strings: Mapping[str, str] = self.environment.strings  # type: ignore[attr-defined]
        index = 0
        while index < len(tokens):
            text = _told(tokens, index, strings)
            if text is None:
                yield tokens[index]
                index += 1
            else:
                yield Token(tokens[index].lineno, "string", text)
                index += len(_CALL)


def _told(tokens: list[Token], index: int, strings: Mapping[str, str]) -> str | None:
    """Return the string that the call at a place asks for, None for anything else or an unknown key."""
    call = tokens[index : index + len(_CALL)]
    if tuple(token.type for token in call) != _CALL or call[0].value != "t":
        return None
    if index and tokens[index - 1].type in ("dot", "pipe"):
        return None
    text = strings.get(call[2].value)
    return None if text is None or "{" in text or "}" in text else text
