"""Pages of events, exhibitions and ward projects."""
