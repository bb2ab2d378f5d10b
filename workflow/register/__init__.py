"""The register: documents in force, what their terms mean, what is owed for them, and what becomes of them."""
