"""The statements behind what a supplier does to its quote: its locks, and all that it decides by, in two messages."""
