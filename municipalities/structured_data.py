"""What members post in the vocabulary of schema.org. Pure functions; only what is known is said."""

from django.utils import timezone

from municipalities.models import MemberPost
from portal.core.rich_text import plain_text
from portal.core.structured_data import Absolute, Thing, identified, thing


def post_thing(post: MemberPost, absolute: Absolute) -> Thing:
    """A public post, with those of its pictures that it was fetched with."""
    return {
        **identified(absolute(post.get_absolute_url())),
        **thing(
            "Article",
            headline=post.title,
            description=post.summary or plain_text(post.body)[:200],
            image=[absolute(image.shown.address) for image in post.images.all()],
            datePublished=timezone.localtime(post.publish_at).isoformat(timespec="seconds"),
            dateModified=timezone.localtime(post.updated_at).isoformat(timespec="seconds"),
            author=thing("GovernmentOrganization", name=f"{post.owner.prefecture.name}{post.owner.name}"),
            inLanguage="ja",
        ),
    }
