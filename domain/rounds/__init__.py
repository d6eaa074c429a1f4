"""The shortlist, and further rounds of quoting among those on it."""
