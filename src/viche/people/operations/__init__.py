"""Writes of people: accounts, organisations, members, invitations. Called as `people.operations.register(…)`."""

from viche.people.operations.accounts import (
    change_profile,
    choose_letters,
    deactivate,
    forget,
    is_anothers,
    make_administrator,
    note_new_mailbox,
    reactivate,
    unmake_administrator,
    welcome,
    write_account_letter,
)
from viche.people.operations.invitations import (
    accept,
    invite,
    repeat,
    repeat_for,
    spend,
    withdraw,
    withdraw_for,
    write_invitation,
)
from viche.people.operations.letters import Wording
from viche.people.operations.members import answer, ask_to_join, change_role, remove
from viche.people.operations.organisations import AlreadyHere, change_organisation, code_fault, register

__all__ = [
    "AlreadyHere",
    "Wording",
    "accept",
    "answer",
    "ask_to_join",
    "change_organisation",
    "change_profile",
    "change_role",
    "choose_letters",
    "code_fault",
    "deactivate",
    "forget",
    "invite",
    "is_anothers",
    "make_administrator",
    "note_new_mailbox",
    "reactivate",
    "register",
    "remove",
    "repeat",
    "repeat_for",
    "spend",
    "unmake_administrator",
    "welcome",
    "withdraw",
    "withdraw_for",
    "write_account_letter",
    "write_invitation",
]
