"""The scheduled checks: what is run by hand, by a timer, or by a clock of its own."""
