"""The ledger in the formats of others: ClaimReview, PLOVER, Web Annotation, CFF, RO-Crate, and tables worked out.

Every function is pure: the same ledger and address give the same bytes. :mod:`claimbook.exchange.export` writes the
files.
"""
