"""One full entry of every type, with released texts, for tests of what goes out and comes in."""

from datetime import date

from fallberatung.anonymize.release import Receipt, ReleasedText
from fallberatung.roundtable.deliberation import bodies, compose
from fallberatung.roundtable.deliberation.decode import Stamp
from fallberatung.roundtable.deliberation.registry import Retraction

KEY_ID = b"\x0a" * 32
STAMP = Stamp(1_780_000_000, (7, b"\xab" * 32))


def released(text: str) -> ReleasedText:
    """Return a text as if a person had released it."""
    return ReleasedText(text, Receipt("00" * 32, "1"))


REPORT = bodies.CaseReport(
    questions=(released("Reicht das schon?"),),
    observations=(
        bodies.Observation(released("Fleck am Oberarm"), "seen", False, released("vor 2 Wochen")),  # noqa: FBT003  field of a value
    ),
    account=released("Es geht um Kind A."),
    child_age="8_10",
    child_sex="f",
    household=released("Mutter, Bruder"),
    custody=released("Mutter"),
    siblings=released("ein Bruder unter 3"),
    resources=released("Großmutter"),
    previous_help=released("keine"),
    talks=released("ein Telefonat"),
    appraisal=released("Ich mache mir Sorgen."),
    counts=(bodies.Count("NAME_CHILD", 12, 1),),
    overrides=(bodies.Override("RESIDENCE", released("für die Hilfe wichtig")),),
    changed=2,
    added=0,
)

SECTION = bodies.Section("key_question", released("Wie spreche ich mit der Mutter?"))

BODIES: dict[str, dict[str, object]] = {
    "case_report": compose.case_report_body(REPORT, STAMP),
    "clarify": compose.clarify_body(bodies.Clarify(released("Nein."), answers=4, ref=5), STAMP),
    "hypothesis": compose.hypothesis_body(bodies.Hypothesis(released("H"), ref=5), STAMP),
    "response": compose.response_body(bodies.Response(released("R"), ref=5), STAMP),
    "idea": compose.idea_body(bodies.Idea(released("I"), ref=5), STAMP),
    "map_item": compose.map_item_body(
        bodies.MapItem(
            column="worry",
            kind="past_harm",
            text=released("Fleck"),
            status="professionals_only",
            when=released("vor 2 Wochen"),
            source="seen",
            ref=5,
        ),
        STAMP,
    ),
    "rating_round": compose.rating_round_body(
        bodies.RatingRound(1, (KEY_ID,), 1_780_300_000), STAMP
    ),
    "rating_reveal": compose.rating_reveal_body(
        bodies.RatingReveal(1, 0, released("kein Schutz")), STAMP
    ),
    "indication": compose.indication_body(
        bodies.Indication("yes", is_acute=False, reason=released("zwei Hinweise"), ref=5), STAMP
    ),
    "dissent": compose.dissent_body(bodies.Dissent(released("anders"), ref=5), STAMP),
    "plan_step": compose.plan_step_body(
        bodies.PlanStep(
            what=released("Gespräch"),
            status="open",
            owner=released("Fallgeberin"),
            due=date(2026, 6, 5),
            condition=released("wenn sie zusagt"),
            ref=5,
        ),
        STAMP,
    ),
    "comment": compose.comment_body(bodies.Comment(released("K"), ref=5), STAMP),
    "note_on": compose.note_on_body(bodies.NoteOn(4, released("N"), ref=5), STAMP),
    "protocol": compose.protocol_body(
        bodies.Protocol(1, (SECTION,), (4, 5), ("responsibility_stays",)), STAMP
    ),
    "confirm": compose.confirm_body(bodies.Confirm(9, b"\x01" * 32), STAMP),
    "retraction": compose.retraction_body(Retraction("comment", 5), Stamp(0, None)),
}
"""Name of the schema to a body that has every key its type knows, save those that exclude."""
