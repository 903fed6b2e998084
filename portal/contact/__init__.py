"""What visitors write to a ward or the secretariat, and whether a page was of use to them."""
