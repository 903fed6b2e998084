"""Backups: the database and the media in one archive, and the way back."""
