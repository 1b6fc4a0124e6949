"""Writes of people: accounts, organisations, members, invitations. Called as `people.operations.register(…)`."""

from viche.people.operations.accounts import (
    change_profile,
    choose_letters,
    deactivate,
    is_anothers,
    make_administrator,
    note_new_mailbox,
    prune,
    reactivate,
    unmake_administrator,
    welcome,
    write_account_letter,
)
from viche.people.operations.forgetting import forget
from viche.people.operations.invitations import (
    accept,
    invite,
    repeat,
    repeat_for,
    spend,
    withdraw,
    withdraw_all,
    withdraw_for,
    write_invitation,
)
from viche.people.operations.keys import make_key, opened, revoke_key
from viche.people.operations.letters import Wording, to_user
from viche.people.operations.members import answer, ask_to_join, change_role, remove
from viche.people.operations.organisations import (
    AlreadyHere,
    change_organisation,
    code_fault,
    confirm_branch,
    correct_organisation,
    register,
)

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
    "confirm_branch",
    "correct_organisation",
    "deactivate",
    "forget",
    "invite",
    "is_anothers",
    "make_administrator",
    "make_key",
    "note_new_mailbox",
    "opened",
    "prune",
    "reactivate",
    "register",
    "remove",
    "repeat",
    "repeat_for",
    "revoke_key",
    "spend",
    "to_user",
    "unmake_administrator",
    "welcome",
    "withdraw",
    "withdraw_all",
    "withdraw_for",
    "write_account_letter",
    "write_invitation",
]
