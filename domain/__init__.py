"""The business: one folder per noun, and `lifecycle.py`, the table of every state. It knows no HTTP."""
