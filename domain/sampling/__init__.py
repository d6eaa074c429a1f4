"""Sampling by attributes after ISO 2859-1:1999: which sample a lot gets, and how severe the next one is."""
