"""Staying up: backups, health, metrics, the traces of each request, notices of errors, maintenance."""
