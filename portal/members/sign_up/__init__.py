"""How somebody of a municipality asks for its membership, until the address is confirmed by mail."""
