"""Claim-by-claim source checking: a validated ledger, its charts and controls, and the book built from them."""
