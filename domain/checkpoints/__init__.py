"""Signed checkpoints over the ledger: what was recorded cannot be changed, taken away or added to unnoticed."""
