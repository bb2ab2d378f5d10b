"""Figures about speed: ratios taken in one run, never limits."""
