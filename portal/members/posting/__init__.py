"""What member municipalities tell of themselves: their profile and their posts, on the same way to the public."""
