"""What may follow what: one chart a file. A leaf: nothing of ours is imported here."""
