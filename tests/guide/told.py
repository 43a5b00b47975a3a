"""The stories of S20 as answers to the intake: what somebody tells who has no export at hand."""

from __future__ import annotations

from ebbtide.selfreport.intake import Before, Intake, Mood, Reciprocity, SafetyAnswers

STORIES: dict[int, Intake] = {
    1: Intake(since_days=0.5, together_months=14, contact="less", question="losing_interest"),
    2: Intake(since_days=7, asked_for_space="yes", contact="checks_in", own_moves=("gave_space",), question="how_long"),
    3: Intake(since_days=15, contact="none", explained="no", asked_for_space="no", question="how_long"),
    4: Intake(
        since_days=9, contact="none", explained="no", before=Before(3, 30, "unacknowledged"), question="when_stop"
    ),
    5: Intake(since_days=6, contact="checks_in", explained="yes", stress=("work", "money"), question="is_it_me"),
    6: Intake(since_days=4, contact="less", own_moves=("many_messages", "demanded"), question="may_i_write"),
    7: Intake(
        since_days=12,
        contact="less",
        explained="yes",
        stress=("money",),
        own_moves=("many_messages", "apologised"),
        question="pushed_too_hard",
    ),
    9: Intake(since_days=3, together_months=1, stage="dating", question="losing_interest"),
    10: Intake(living="together", since_days=10, contact="less", together_months=60, question="is_it_me"),
    11: Intake(living="distance", since_days=2, contact="less", stress=("work",), question="is_it_common"),
    12: Intake(since_days=5, safety=SafetyAnswers(controlled=True, afraid=True), question="how_long"),
    13: Intake(since_days=5, safety=SafetyAnswers(self_harm=True), mood=Mood(6, 5), question="ending"),
    14: Intake(voice="withdrawing", since_days=6, own_moves=("vanished",), stress=("work",), question="may_i_write"),
    15: Intake(
        living="together",
        stage="married",
        together_months=240,
        since_days=90,
        contact="less",
        stress=("work", "money"),
        talked_about_it="yes",
        before=Before(3),
    ),
    16: Intake(stage="ended", own_moves=("demanded",), question="win_back"),
    17: Intake(
        since_days=10,
        contact="less",
        explained="partly",
        signs=("mixed_messages",),
        own_load=("family",),
        after_what=("quarrel",),
        question="losing_interest",
    ),
    18: Intake(together_months=2.3, since_days=3, old_wounds=("betrayal",), question="used"),
    19: Intake(
        contact="less",
        since_days=8,
        reciprocity=Reciprocity("me", "no", "sometimes"),
        question="used",
    ),
    20: Intake(since_days=4, contact="less", after_what=("closeness", "trouble_in_bed"), question="is_it_me"),
    21: Intake(contact="usual", explained="yes", stage="dating", together_months=8, question="enough_for_me"),
    22: Intake(stage="separated", stress=("work",), question="must_meet"),
    23: Intake(since_days=5, contact="less", own_moves=("matched",), question="pull_away_too"),
}
