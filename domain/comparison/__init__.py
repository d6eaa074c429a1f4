"""Opened quotes side by side: what each line costs from whom, at which quantity, against what the import costs."""
