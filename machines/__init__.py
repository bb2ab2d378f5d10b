"""What may follow what: one chart a file. A leaf: nothing of ours is imported here."""

import gettext

# The library, on being imported, makes its own catalogue the one every sentence of the process is looked up in.
_domain = gettext.textdomain()

import statemachine  # noqa: E402, F401 - imported here so that what it does can be undone before anybody speaks

gettext.textdomain(_domain)
