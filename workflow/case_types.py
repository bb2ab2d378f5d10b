"""The types of case that code knows by name, as the county's rule file has their ids; every other type is data alone.

Source: 004 §5.2 Uppdragsbeskrivningar, 004 §6.3 (uppdrag), 004 §7 (the structure), 000 Inledning (svar på granskning).
"""

ASSIGNMENT = "uppdrag"
DESCRIPTION = "uppdragsbeskrivning"
STRUCTURE = "samverkansstruktur"
AUDIT_ANSWER = "revisionssvar"
