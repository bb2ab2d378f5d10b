"""Seeded faults: one kind of damage to the rule files each, the check that must see it, and what it must say."""

from collections.abc import Callable, Iterator

from tests.rule_data import Entry, RuleData, reading_faults, source_faults, unsourced
from tests.rule_data_names import id_faults, name_faults, reference_faults
from tests.rule_data_routes import body_faults, coverage_faults

Check = Callable[[RuleData], Iterator[str]]
Damage = Callable[[RuleData], str]


def _rule(data: RuleData, structure: str, rule: str) -> Entry:
    return data.entry(structure, "rule", rule)


def _one_letter_off(data: RuleData) -> str:
    source = _rule(data, "nuvarande", "s0-guideline-vuxna")["sources"][1]
    source["quote"] = source["quote"].replace("beslutas", "beslutes")
    return "s0-guideline-vuxna"


def _right_words_wrong_section(data: RuleData) -> str:
    _rule(data, "nuvarande", "s0-guideline-vuxna")["sources"][1]["cite"] = "004 §5.2 Operativa grupperingar"
    return "not found under 004 §5.2 Operativa grupperingar"


def _no_such_heading(data: RuleData) -> str:
    _rule(data, "alternativ-1", "a1-policy")["sources"][0]["cite"] = "004 §6.9"
    return "no heading '§6.9'"


def _no_such_document(data: RuleData) -> str:
    data.county["calendar"][0]["cite"] = "005 §5.1"
    return "no document '005'"


def _unknown_evidence(data: RuleData) -> str:
    _rule(data, "alternativ-2", "a2-policy")["sources"][0]["evidence"] = "hearsay"
    return "hearsay"


def _nothing_quoted(data: RuleData) -> str:
    data.entry("alternativ-3", "refusal", "a3-disabled")["sources"][0]["quote"] = ""
    return "nothing is quoted"


def _no_sources(data: RuleData) -> str:
    data.entry("nuvarande", "override", "svom-alone")["sources"] = []
    return "svom-alone: no sources"


def _unknown_reading(data: RuleData) -> str:
    _rule(data, "tillfallig", "s1-agreement-alla")["reading"].append("G99")
    return "no reading G99"


def _reading_nobody_cites(data: RuleData) -> str:
    data.readings.append({"id": "Q99", "gap": "…", "reading": "…", "reason": "…"})
    return "Q99: nothing cites it"


def _reading_wrongly_excused(data: RuleData) -> str:
    next(each for each in data.readings if each["id"] == "G3")["uncited"] = "no route hangs on it"
    return "G3: is cited"


def _id_with_a_ring(data: RuleData) -> str:
    data.county["party"][7]["id"] = "åre"
    return "'åre' is not plain ASCII"


def _promised_id_gone(data: RuleData) -> str:
    data.county["network"].pop()
    return "deltagarnas-organisationer is promised"


def _forum_gone_everywhere(data: RuleData) -> str:
    forums = data.structures["tillfallig"]["forum"]
    forums[:] = [each for each in forums if each["id"] != "partsammansatt-arbetsgrupp"]
    return "no structure has the forum partsammansatt-arbetsgrupp"


def _row_gone(data: RuleData) -> str:
    data.register["document"].pop(18)
    return "row b1-19"


def _same_rule_id_twice(data: RuleData) -> str:
    _rule(data, "alternativ-1", "a1-policy")["id"] = "a1-structure"
    return "a1-structure stands twice"


def _one_name_for_two(data: RuleData) -> str:
    data.county["body"][1]["aliases"].append("buz")
    return "means both hsn and buz"


def _two_names_for_one(data: RuleData) -> str:
    data.entry("alternativ-2", "forum", "ledningsforum")["name"] = "Ledningsgrupp"
    return "ledningsforum is called"


def _unknown_type(data: RuleData) -> str:
    _rule(data, "nuvarande", "s0-policy")["type"] = ["policy", "pamflett"]
    return "no type pamflett"


def _variant_that_is_not_held_here(data: RuleData) -> str:
    _rule(data, "alternativ-1", "a1-agreement-vuxna")["variant"] = ["ordinary", "both-prepare"]
    return "a1-agreement-vuxna: there is no variant both-prepare"


def _status_of_no_forum(data: RuleData) -> str:
    data.county["forum_status"][0]["forum"] = "barnarena"
    return "no forum barnarena"


def _calendar_of_no_structure(data: RuleData) -> str:
    data.county["calendar"][1]["structure"] = "tillfälligt"
    return "no structure tillfälligt"


def _chair_who_is_nobody(data: RuleData) -> str:
    data.entry("alternativ-1", "forum", "politiskt-forum")["chair"]["between"] = ["hsn", "sosam"]
    return "politiskt-forum: nobody is called sosam"


def _heir_that_is_not_there(data: RuleData) -> str:
    data.structures["alternativ-2"]["succession"][0]["to"] = ["politiskt-forum"]
    return "succession: politiskt-forum is no forum of the file"


def _dissolved_forum_still_sitting(data: RuleData) -> str:
    data.structures["alternativ-2"]["dissolved"]["forums"].append("svom")
    return "svom is dissolved and sits"


def _overenskommelse_lifted(data: RuleData) -> str:
    data.register["document"][13]["exception"] = {"lifted": True}
    return "b1-14: a overenskommelse cannot be lifted"


def _variant_of_another_type(data: RuleData) -> str:
    data.register["document"][18]["exception"] = {"variant": "joint-board"}
    return "b1-19: no variant joint-board"


def _reason_in_one_language(data: RuleData) -> str:
    data.entry("alternativ-2", "refusal", "a2-school")["because_sv"] = ""
    return "a2-school: refuses without a known code or"


def _rule_gone(data: RuleData) -> str:
    rules = data.structures["nuvarande"]["rule"]
    rules[:] = [each for each in rules if each["id"] != "s0-guideline-vuxna"]
    return "nuvarande: nothing answers for Matter(type='riktlinje', group='vuxna'"


def _two_rules_for_one_matter(data: RuleData) -> str:
    del _rule(data, "tillfallig", "s1-agreement-vuxna")["sectors_without"]
    return "['s1-agreement-vuxna', 's1-agreement-vuxna-skola'] answers"


def _rule_and_refusal_for_one_matter(data: RuleData) -> str:
    del _rule(data, "alternativ-2", "a2-agreement-alla")["sectors_without"]
    return "['a2-agreement-alla', 'a2-school'] answers"


def _dead_rule(data: RuleData) -> str:
    _rule(data, "alternativ-1", "a1-joint-board")["level"] = "political"
    return "a1-joint-board: answers for nothing"


def _joint_board_forgotten(data: RuleData) -> str:
    refusal = data.entry("halsam", "refusal", "halsam-described-only")
    refusal["variant"].remove("joint-board")
    return "halsam: nothing answers for"


def _unguarded_parameter(data: RuleData) -> str:
    del _rule(data, "alternativ-1", "a1-stimulus")["parameter_set"]
    return "['a1-stimulus', 'a1-stimulus-no-arena'] answers"


def _step_by_no_forum(data: RuleData) -> str:
    _rule(data, "alternativ-1", "a1-agreement-alla")["political"] = ["svom"]
    return "svom on political is no forum of the file"


def _step_without_mandate(data: RuleData) -> str:
    _rule(data, "alternativ-1", "a1-agreement-alla")["political"] = ["au-vuxna"]
    return "au-vuxna has no mandate to political"


def _decision_outside_the_mandate(data: RuleData) -> str:
    _rule(data, "alternativ-1", "a1-guideline-vuxna")["decide"] = ["au-vuxna"]
    return "au-vuxna does not decide ['riktlinje']"


def _giver_without_mandate(data: RuleData) -> str:
    _rule(data, "nuvarande", "s0-assignment-officers")["giver"].append("jamtbus")
    return "jamtbus has no mandate to give"


def _deviation_by_a_stranger(data: RuleData) -> str:
    data.entry("alternativ-1", "override", "direct-political")["by"] = ["svom"]
    return "direct-political: svom is no forum"


def _told_nobody(data: RuleData) -> str:
    _rule(data, "nuvarande", "s0-joint-board")["inform"] = ["torsdagsgruppen"]
    return "nobody is called torsdagsgruppen"


def _parties_asked_without_recommendation(data: RuleData) -> str:
    _rule(data, "nuvarande", "s0-agreement-barn-unga")["political"] = []
    return "s0-agreement-barn-unga: the parties are asked without"


def _parties_bound_without_being_asked(data: RuleData) -> str:
    _rule(data, "tillfallig", "s1-agreement-barn-unga")["ratify"] = False
    return "s1-agreement-barn-unga: either the parties decide or a forum does"


def _politics_decided_by_officers(data: RuleData) -> str:
    rule = _rule(data, "nuvarande", "s0-lifted-barn-unga")
    rule.update(political=[], ratify=False, decide=["samreko-hsi"])
    return "s0-lifted-barn-unga: a matter that needs politics is decided without"


SEEDED: list[tuple[Check, Damage]] = [
    (source_faults, _one_letter_off),
    (source_faults, _right_words_wrong_section),
    (source_faults, _no_such_heading),
    (source_faults, _no_such_document),
    (source_faults, _unknown_evidence),
    (source_faults, _nothing_quoted),
    (unsourced, _no_sources),
    (reading_faults, _unknown_reading),
    (reading_faults, _reading_nobody_cites),
    (reading_faults, _reading_wrongly_excused),
    (id_faults, _id_with_a_ring),
    (id_faults, _promised_id_gone),
    (id_faults, _forum_gone_everywhere),
    (id_faults, _row_gone),
    (id_faults, _same_rule_id_twice),
    (name_faults, _one_name_for_two),
    (name_faults, _two_names_for_one),
    (reference_faults, _unknown_type),
    (reference_faults, _variant_that_is_not_held_here),
    (reference_faults, _status_of_no_forum),
    (reference_faults, _calendar_of_no_structure),
    (reference_faults, _chair_who_is_nobody),
    (reference_faults, _heir_that_is_not_there),
    (reference_faults, _dissolved_forum_still_sitting),
    (reference_faults, _overenskommelse_lifted),
    (reference_faults, _variant_of_another_type),
    (reference_faults, _reason_in_one_language),
    (coverage_faults, _rule_gone),
    (coverage_faults, _two_rules_for_one_matter),
    (coverage_faults, _rule_and_refusal_for_one_matter),
    (coverage_faults, _dead_rule),
    (coverage_faults, _joint_board_forgotten),
    (coverage_faults, _unguarded_parameter),
    (body_faults, _step_by_no_forum),
    (body_faults, _step_without_mandate),
    (body_faults, _decision_outside_the_mandate),
    (body_faults, _giver_without_mandate),
    (body_faults, _deviation_by_a_stranger),
    (body_faults, _told_nobody),
    (body_faults, _parties_asked_without_recommendation),
    (body_faults, _parties_bound_without_being_asked),
    (body_faults, _politics_decided_by_officers),
]
