"""Which workshops belong to which cooperative, by the word of both."""
