"""Lists of the back office as spreadsheets, out and in again.

A record is a row, and each field of its form a column (``columns``, ``tables``). A row that is read does what a person
would do who opened the form of the record and typed what differs (``reading``); it is shown first and written once that
is confirmed (``pages``). Several tables make a workbook (``workbooks``).
"""
