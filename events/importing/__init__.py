"""Reads what others wrote in tables: event files of town halls, ward projects as spreadsheets.

The way of a file: what it is (``file_types``), is it safe (``archives``), its text (``decoding``), its rows
(``sheets``), which table it holds (``tables``), what its cells mean (``days``, ``times``, ``values``), what each row
says of an event (``rows``), which records it speaks of (``matching``), what would change (``planning``) and the
change itself (``writing``).
"""
