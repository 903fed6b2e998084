"""What really breaks, really broken: servers of our own that are stopped, frozen and killed while people browse."""
