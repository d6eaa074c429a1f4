"""Addenda: what changes of an RFQ while suppliers quote on it, told to all, disturbing only the prices it bears on."""
