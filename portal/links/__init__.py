"""Whether the addresses that public records name still answer, and telling those who keep the records."""
