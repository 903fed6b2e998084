"""Pages of the portal that are no records: known by what the menu calls them."""

from portal.core.navigation import Page, every_page
from portal.search.queries import Query
from portal.search.words import runs


def pages_named(query: Query) -> list[Page]:
    """The pages whose name holds every word."""
    named = ((page, "".join(runs(page.label))) for page in every_page())
    return [page for page, name in named if all(term.letters in name for term in query.terms)]
