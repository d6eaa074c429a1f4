"""Which supplier takes part in which RFQ, under which promise of confidentiality."""
