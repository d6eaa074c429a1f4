"""Files: what was uploaded, what it is, who may read it."""
