"""Mail addresses: one plain address, and nothing that a mail server could read as two."""

from email.errors import HeaderParseError
from email.headerregistry import Address

from workflow.bad_data import ValueInvalid
from workflow.errors import N_
from workflow.lines import one_line

#: The longest an address may be (RFC 5321).
_LONGEST = 254


def address_line(field: str, text: str) -> str:
    """The address on its line of the head. Raises ValueInvalid with ``field`` for anything but one plain address."""
    line = one_line(field, text, _LONGEST)
    try:
        address = Address(addr_spec=line)
    except (HeaderParseError, ValueError, IndexError):
        address = None
    if address is None or not (address.username and address.domain and line.isascii()) or " " in line:
        raise ValueInvalid(field=field, why=N_("«{given}» is not a mail address."), given=line)
    return line


def is_address(text: str) -> bool:
    """Whether it is one plain address."""
    try:
        return address_line("", text) == text
    except ValueInvalid:
        return False
