"""The history and its proof: one verb a file."""
