"""The view: what is computed, as charts, tables, cards and words."""
