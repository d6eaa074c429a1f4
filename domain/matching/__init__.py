"""Which workshops can make what an RFQ asks for, why, and what each lacks."""
