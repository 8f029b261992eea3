"""Open two outputs and name what is not the same in their views: `post.title`, `head.description`."""

from __future__ import annotations

import re

from msgspec import Struct
from msgspec.structs import replace

from cmsite.digest import digest
from cmsite.shape.feeds import FeedView
from cmsite.shape.outputs import Output, PageRecipe, Plan, Recipe
from cmsite.shape.routes import Routing
from cmsite.shape.views import HeadView, PageView, PostView, RedirectPage, SiteView

TEMPLATE = "template"

Fields = dict[str, object]


def fields_of(output: Output) -> Fields:
    """Return what a template or a writer is given for an output, by name, and the template itself."""
    view = output.recipe.view if isinstance(output.recipe, PageRecipe) else output.recipe
    template = dict(output.inputs).get(TEMPLATE)
    return _opened(view) | ({TEMPLATE: template} if template else {})


def fields_of_all_pages(plan: Plan) -> Fields:
    """Return what every page of an edition shows of it."""
    recipes = (each.output().recipe for each in plan.planned if each.kind is PageRecipe)
    views = (recipe.view for recipe in recipes if isinstance(recipe, PageRecipe))
    return _opened(next(view.site for view in views if not isinstance(view, RedirectPage)))


def differing(a: Fields, b: Fields) -> tuple[str, ...]:
    """Return the names of what is not the same in both, in the view's order where both are of one kind."""
    names = a if a.keys() == b.keys() else sorted({*a, *b})
    return tuple(
        name for name in names if not (name in a and name in b) or digest(a[name]) != digest(b[name])
    )


def seen_from_home(given: Fields, routing: Routing) -> Fields:
    """Return the fields with addresses that begin at the edition's home, wherever that stands."""
    origin, base = re.escape(routing.origin), re.escape(routing.base)
    whole = re.compile(f"(^|[\"']){origin}{base}")
    rooted = re.compile(f"(^|(?:href|src|srcset)=[\"']|[0-9][wx], ){base}")

    def tell(value: object) -> object:
        match value:
            case str():
                return rooted.sub(r"\1/", whole.sub(r"\1/", value))
            case tuple():
                return tuple(map(tell, value))
        if isinstance(value, Struct):
            return replace(value, **{name: tell(getattr(value, name)) for name in value.__struct_fields__})
        return value

    return {name: tell(value) for name, value in given.items()}


def _opened(view: PageView | Recipe | SiteView | HeadView | PostView | FeedView, part: str = "") -> Fields:
    """Return the fields of a view by name, those of its parts dotted."""
    found: Fields = {}
    for name in view.__struct_fields__:
        value = getattr(view, name)
        if isinstance(value, SiteView | HeadView | PostView | FeedView):
            found |= _opened(value, f"{name}.")
        else:
            found[f"{part}{name}"] = value
    return found
