"""What participants ask about an RFQ, and what its buyer answers to all."""
