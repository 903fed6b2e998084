"""Who did what, when: a log that only grows."""
