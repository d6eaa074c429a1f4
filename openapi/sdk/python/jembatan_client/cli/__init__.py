"""`jembatan-client`: for workshops at a terminal, and for scripts."""
