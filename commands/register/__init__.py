"""The noun «register»: documents in force, from their entry to their end."""
