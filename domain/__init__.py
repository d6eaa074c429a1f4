"""The business: one folder per noun, and `lifecycle/`, the tables of every state. It knows no HTTP."""
