"""Figures of the whole installation, for whoever runs it: counts and ages, nothing of any tenant."""
