"""Self-report: what a person says of it: short notes from day to day, and the answers of the intake."""

from ebbtide.selfreport.checkins import (
    CHECKIN_SCHEMA,
    COUNTER_SIGNS,
    ITEMS,
    SIGNS,
    TRIGGERS,
    agreed_days,
    checked,
    days_together,
    plans,
    reports,
    room_asked,
    said_before_going,
    triggers,
)
from ebbtide.selfreport.intake import Intake, read_answers

__all__ = [
    "CHECKIN_SCHEMA",
    "COUNTER_SIGNS",
    "ITEMS",
    "SIGNS",
    "TRIGGERS",
    "Intake",
    "agreed_days",
    "checked",
    "days_together",
    "plans",
    "read_answers",
    "reports",
    "room_asked",
    "said_before_going",
    "triggers",
]
