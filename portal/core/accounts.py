"""Our choices on top of allauth."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest
from django_tasks import task


@task()
def send_message(subject: str, body: str, sender: str, recipients: list[str]) -> None:
    """Sends one plain mail; run by the worker, so that a slow mail server holds up no page."""
    EmailMultiAlternatives(subject, body, sender, recipients).send()


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account by themselves: staff are registered, municipalities apply."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        message = self.render_mail(template_prefix, email, context)
        send_message.enqueue(
            subject=message.subject, body=message.body, sender=message.from_email, recipients=list(message.to)
        )
