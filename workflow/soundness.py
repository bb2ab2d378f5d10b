"""Whether a rule set may come into force in place of another: what the check of rules finds, and what counts."""

from collections.abc import Sequence

from workflow.checking.findings import Finding
from workflow.checking.rule_set import check_rules
from workflow.organisation import Organisation
from workflow.refusals import RulesInvalid
from workflow.rulebook import Rulebook, file_of_structure


def require_sound(before: Rulebook, after: Rulebook, organisation: Organisation) -> None:
    """Raises UnsoundRules, with everything found, for a rule set that does not hold together.

    What a file that stays as it was is found wanting in counts when it was not found before: nobody can mend a
    structure that is in use, and a check that has become stricter must not bar what is new.
    """
    changed = {name for name, digest in after.file_digests.items() if before.file_digests.get(name) != digest}
    # A course is walked anew only where its structure is new: none hangs on what may change elsewhere.
    walking = {each for each in after.structure_ids if file_of_structure(each) in changed}
    # What a structure answers hangs on its own file and on what is common to all.
    of_its_own = changed == {file_of_structure(each) for each in walking}
    exploring = walking if of_its_own else set(after.structure_ids)
    found = check_rules(after, organisation, exploring, walking).findings
    if any(each.file not in changed for each in found):
        known = {_place(each) for each in check_rules(before, organisation, exploring, walking=()).findings}
        found = tuple(each for each in found if each.file in changed or _place(each) not in known)
    if found:
        raise UnsoundRules(sorted(found, key=lambda each: each.file not in changed))


class UnsoundRules(RulesInvalid):
    """Rule files that do not hold together; told by the first fault that was found, ``findings`` has them all."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        first = findings[0]
        super().__init__(file=f"{first.file}:{first.line}", why=first.message)
        self.findings = tuple(findings)


def _place(finding: Finding) -> tuple[str, int, str]:
    return (finding.file, finding.line, finding.check)
