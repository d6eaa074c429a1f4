"""Sending events to partners: the message, its signature, a connection that goes where it may, and the dispatcher."""
