"""What a member municipality does with its events: writes them, moves them, reports on them, brings many in at once."""
