"""The members' own pages: the dashboard, its people, its membership, and the yearly confirmation."""
