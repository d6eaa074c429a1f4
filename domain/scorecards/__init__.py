"""Scorecards of suppliers and buyers: figures made from events alone, each with the events behind it, and the right of reply."""
