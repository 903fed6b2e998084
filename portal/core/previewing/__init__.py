"""A record as the public will see it, for those who may see it before."""
