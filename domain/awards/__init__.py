"""Awards: which supplier gets how much of which line, proposed, issued, answered."""
