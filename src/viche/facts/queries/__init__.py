"""Reading the ledger: sums of periods and places, facts one by one, and whether all of it agrees with the records."""
