"""Requests for quotation: what a buyer asks for, from draft to its end."""
