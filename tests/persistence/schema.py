"""All that a database knows of its own make, in lines that can be compared."""

from tests.persistence.homes import FileHome, Home

_IN_A_FILE = "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_master"

_ON_A_SERVER = (
    """SELECT concat_ws(' ', 'column', table_name, column_name, data_type, is_nullable, collation_name, column_default)
       FROM information_schema.columns WHERE table_schema = 'public'""",
    "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    """SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid))
       FROM pg_constraint WHERE connamespace = 'public'::regnamespace""",
    "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
)


def schema(home: Home) -> list[str]:
    """Tables with their columns and types, constraints, indexes, triggers and functions: a line each, sorted."""
    queries = (_IN_A_FILE,) if isinstance(home, FileHome) else _ON_A_SERVER
    with home.rows() as base:
        found = [line for query in queries for (line,) in base.execute(query).fetchall()]
    return sorted(" ".join(line.split()) for line in found)
