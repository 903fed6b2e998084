"""Ward projects as tables for spreadsheets: what their columns mean, and how they are written."""
