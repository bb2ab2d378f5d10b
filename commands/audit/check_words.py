"""What each check of an audit is about, in the reader's language: said once below the findings that it made."""

from collections.abc import Mapping

from translations import translate as _
from workflow.errors import N_

_KEPT_READY = N_("What is kept ready of a case or a document is not what its records make of it.")

#: By the name that a finding bears; of those that bear a name of a column too, by the first word.
CHECKS: Mapping[str, str] = {
    "integrity": N_("The database itself is damaged, or is not made as the product makes one."),
    "text": N_("A text that the log names is missing, or is not what it was."),
    "rule_file": N_("A rule file that is kept is not what it was."),
    "sequence": N_("A record has not the number that is its turn: one is missing, doubled or moved."),
    "hash": N_("A record does not give the hash that is kept beside it: one of the two was changed."),
    "record": N_(
        "What stands in a record's place cannot be read as one, or is not written as a record is, byte for byte."
    ),
    "chain": N_("A record names another before it than the one there is: one was changed, taken out, put in or moved."),
    "column": N_("What is repeated beside a record is not what the record says."),
    "subtree": N_("A hash that is kept for the making of checkpoints is not what the records give."),
    "checkpoint origin": N_("The checkpoint is of another log: the database was replaced, or it is the wrong file."),
    "checkpoint size": N_("There are fewer records than when the checkpoint was taken: the end was cut off."),
    "checkpoint root": N_(
        "The records are not those that the checkpoint was taken of: they were written anew, or it is false."
    ),
    "checkpoint quoted": N_("The parties were sent a checkpoint that older records do not agree with any more."),
    "version": N_("The records of a case or a document are not numbered without gaps in the order of the log."),
    "stream": N_("The first record of a case or a document names another than the one it is kept under."),
    "batch": N_("What one act led to was not written at once: by one actor, in one moment, under one set of rules."),
    "rules": N_("The rules a record was made under are not kept, or were not those of its day."),
    "lawful": N_("By the rules and the facts of its day, the act could not lead to what is recorded."),
    "case facts": N_("An act on a document rests on what the case it names never said."),
    "followed": N_("What an act on a case asked of documents does not follow it, or stands where nobody asked."),
    "relied on": N_("What an act rests on in another case was not there to be found."),
    "judged": N_("Some records cannot be found by their case: an index of the database has lost them."),
    **dict.fromkeys(("case_view", "document_view", "duty", "flag", "outbox"), _KEPT_READY),
}


def check_words(check: str) -> str:
    """What a check is about; nothing of one that has no words."""
    told = CHECKS.get(check) or CHECKS.get(check.split(maxsplit=1)[0])
    return _(told) if told else ""
