"""What it means. Pure: no clock, no database, no files but the rules; the engine talks through ports."""
