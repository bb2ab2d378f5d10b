"""The check of a rule set: what its files say, what they answer, and where every course of them leads."""
