"""What becomes of a confirmed application: it is looked at, decided on, told of, and forgotten in time."""
