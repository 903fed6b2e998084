"""What stops the reading of a whole file."""


class FileRefused(Exception):
    """A file that is not read at all; the message says why, to the person who sent it."""
