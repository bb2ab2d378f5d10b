"""What the operating system says of a file or a folder, in words of the catalogues."""

import errno
from collections.abc import Mapping

from workflow.errors import N_, Message

#: By the number that the system gives a fault.
_WORDS: Mapping[int, Message] = {
    errno.EACCES: N_("you have no right to do that there"),
    errno.EPERM: N_("you have no right to do that there"),
    errno.EROFS: N_("what lies there can only be read"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EIO: N_("the disk does not do as it is asked"),
    errno.ENOENT: N_("it is not there"),
    errno.ENOTDIR: N_("what should be a folder is none"),
    errno.EISDIR: N_("it is a folder"),
    errno.EEXIST: N_("something else of that name is there"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.EMFILE: N_("too many files are open"),
    errno.ENFILE: N_("too many files are open"),
}

#: Before the system's own words, where there are no other.
SYSTEM_SAYS = N_("the system refuses")


def system_words(fault: OSError) -> Message:
    """Why a file or a folder cannot be used, without a full stop; what has no words, as the system says it."""
    known = _WORDS.get(fault.errno or 0)
    return known or Message(f"{SYSTEM_SAYS} ({fault.strerror or type(fault).__name__})")


def is_said_by_system(text: str) -> bool:
    """Whether the text is what ``system_words`` gives where it has no words, also when it was kept meanwhile."""
    return text.startswith(f"{SYSTEM_SAYS} (")
