"""The demonstration: fictional buyers and workshops of East Java, with data and drawings to try everything on."""
