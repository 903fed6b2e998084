"""Reads what others wrote of events and projects in tables: event files of town halls, ward projects as spreadsheets.

The rows of a file come from ``portal.core.importing``. Here: what their cells mean (``days``, ``times``), what each row
says of an event (``rows``), which records it speaks of (``matching``), what would change (``planning``) and the change
itself (``writing``).
"""
