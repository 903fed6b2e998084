"""Reads what others wrote in tables, whatever the tables are about.

The way of a file: what it is (``file_types``), is it safe (``archives``), its text (``decoding``), its rows
(``sheets``), which table it holds (``columns``, ``tables``), what its cells mean (``values``), what becomes of each row
(``remarks``); it waits to be confirmed (``waiting``).
"""
