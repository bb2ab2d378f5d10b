"""How long a database is waited for: ``?timeout=`` in its URL."""

from sqlalchemy.engine import URL

from workflow.errors import N_
from workflow.refusals import ConfigInvalid

#: Seconds to wait for another writer, unless the URL says otherwise.
_USUAL = 10.0
_LONGEST = 86400.0


def seconds_to_wait(url: URL) -> float:
    """For how many seconds another writer is waited for. Raises ConfigInvalid."""
    try:
        seconds = float(str(url.query.get("timeout", _USUAL)))
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= _LONGEST:
        raise ConfigInvalid(setting="--db", why=N_("timeout must be a number of seconds."))
    return seconds
