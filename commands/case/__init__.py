"""The noun case: open, advance, look."""
