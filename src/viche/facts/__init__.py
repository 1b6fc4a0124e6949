"""The ledger of what is counted.

A *fact* says that a *record* (an accepted report of an event, an agreement, a payment, a participant) was counted: what
was counted (the *measure*), when, where, in which programme, how much, and which part of it (the *split*). Packages whose
records are counted write their facts here in the transaction that accepts the record, and take them back in the one that
withdraws it. *Sums* by month, quarter and year are kept in the same transaction; `recount` compares all of it with the records.
A *presence* says that somebody, a mere number, was among those whom a record counts, so that people can be counted once.
The ledger stands below the programmes, whose participants are counted too, so it knows a programme by its number alone.
"""
