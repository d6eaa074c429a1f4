"""Endpoints of partners to which events are sent."""
