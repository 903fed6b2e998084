"""What a person may write of what a file says."""

from collections.abc import Callable

from django.db.models import Model

# Whether somebody may write a record as it stands: asked of a new one, and of another before and after its change.
MayWrite = Callable[[Model], bool]
NO_RIGHT = "この記録を取り込む権限がないか、手続き中の変更案があります。"


def whoever(record: Model) -> bool:
    """For those who may write anything: who runs a command on the server."""
    return True
