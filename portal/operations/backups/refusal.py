"""What is told where a backup or a restore cannot be done."""


class Refused(Exception):
    """Why it was not done, in words for whoever asked for it. Nothing has been changed, unless the words say so."""
