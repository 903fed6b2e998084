"""Writing posts as people of a municipality do."""

from django.urls import reverse

from municipalities.models import MemberPost

ADD = "/members/posts/add/"
TYPED = {"kind": "notice", "title": "棚田のオーナーを募ります", "body": "一年を通して、田んぼの仕事を楽しめます。"}


def page(post, name="change"):
    return reverse(f"member_post_{name}", args=[post.pk])


def write(member, post=None, **typed):
    return member.post(page(post) if post else ADD, TYPED | typed, follow=True)


def said(response):
    """What the page says was done last."""
    return [str(message) for message in response.context["messages"]][-1:]


def the_post():
    return MemberPost.objects.get()
