"""What happens when quoting ends: closing by the clock, opening the quotes, ending an RFQ."""
