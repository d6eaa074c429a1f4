"""Deliveries: what the supplier despatches and what the buyer counts when it arrives."""
