"""The public site as files, which any web server can serve, and from which the portal answers without its database."""
