"""How each record was, after every change: who changed it, when and why, what differs, and the way back."""
