"""Parts of the page frame that are the same for every reader of a language, made once for the process."""

from __future__ import annotations

from django import template
from django.template.base import NodeList, Parser, Token
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


class SameForAll(template.Node):
    """Remembers what its nodes said, for each language."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist
        self.known: dict[str | None, SafeString] = {}

    def render(self, context: template.Context) -> SafeString:
        language = get_language()
        if language not in self.known:
            self.known[language] = self.nodelist.render(context.new())
        return self.known[language]


@register.tag
def same_for_all(parser: Parser, token: Token) -> SameForAll:
    """{% same_for_all %} … {% endsame_for_all %}: texts, addresses and icons that depend on nothing but the language.

    What the page knows (its request, its reader) is not there inside, so that nothing of one reader can stay for the
    next.
    """
    nodelist = parser.parse(("endsame_for_all",))
    parser.delete_first_token()
    return SameForAll(nodelist)
