"""How public pages are served: what is public, what is kept of it, what is answered while the database is silent."""
