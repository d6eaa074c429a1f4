"""How often somebody may ask: counted in the database, so that all workers and nodes count together."""
