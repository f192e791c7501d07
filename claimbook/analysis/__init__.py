"""The analysis: verdicts and what is computed of a ledger, without drawing."""
