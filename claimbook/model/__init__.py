"""The model: the ledger and its records, read as their schema says, and what names and texts in them are."""
