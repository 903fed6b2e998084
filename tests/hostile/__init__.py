"""Whoever means harm: everything a page can be asked or sent, with everything that has ever broken one."""
