"""The first page of the back office: what waits, what comes, what ends, what has grown old, for the one who looks."""
