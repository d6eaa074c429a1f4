"""RFQs as they are read most: one with all that is shown of it, and lists of cards."""
