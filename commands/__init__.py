"""The nouns of the command line: each verb parses, calls, and shows. Loaded when it is asked for, not before."""
