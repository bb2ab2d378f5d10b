"""Refusals of what lies outside and cannot be reached (69): the way out for letters, and where the answer was to go."""

from typing import ClassVar

from workflow.errors import N_, Refusal


class MailUnavailable(Refusal):
    """The mail server takes nothing from us, or is out of reach; no letter is to blame."""

    code = "mail_unavailable"
    exit_code: ClassVar[int] = 69
    template = N_("The mail server {server} cannot be used: {why}")
    remedy = N_("The letters are kept; «outbox send» sends them when the cause is gone.")


class FolderUnavailable(MailUnavailable):
    """The folder that letters leave by takes none of them."""

    template = N_("The folder {server} cannot be used: {why}")


class AnswerLost(Refusal):
    """What was asked for may have been done; the answer to it cannot be written where it was to go."""

    code = "answer_lost"
    exit_code: ClassVar[int] = 69
    template = N_("The answer could not be written: {why}.")
    remedy = N_("What was asked for may have been done all the same: look before you repeat it.")
