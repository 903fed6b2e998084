"""The public tables of the portal, to download: what they hold, how they are written, and the pages about them."""
