"""What keeps the log from being changed by accident, in the words of each database.

It does not stop the owner of a database: who can drop a trigger is shown by the chain and the checkpoints. A released
migration runs these statements: others would be a constant of their own, and a step of their own.
"""

_SQLITE = "CREATE TRIGGER event_no_{name} BEFORE {before} BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"

# SQLite runs no DELETE trigger for the row that «INSERT OR REPLACE» puts another in place of.
_REPLACING = (
    "INSERT ON event WHEN EXISTS "
    "(SELECT 1 FROM event WHERE seq = NEW.seq OR (stream = NEW.stream AND version = NEW.version))"
)
_FUNCTION = """CREATE FUNCTION event_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$"""
_TRIGGER = """CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON event
FOR EACH STATEMENT EXECUTE FUNCTION event_append_only()"""

#: The statements of the first layout, by dialect.
APPEND_ONLY = {
    "sqlite": (
        _SQLITE.format(name="update", before="UPDATE ON event"),
        _SQLITE.format(name="delete", before="DELETE ON event"),
        _SQLITE.format(name="replace", before=_REPLACING),
    ),
    "postgresql": (_FUNCTION, _TRIGGER),
}
