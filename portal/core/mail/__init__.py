"""Mail that leaves the portal: written down first, sent by the worker, tried again, and never sent twice."""
