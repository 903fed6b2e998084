"""Questions that people put to the lists of the back office again and again, kept under names of their own."""
