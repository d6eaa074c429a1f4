"""Cost claims: what a nonconformance cost the buyer, what the supplier agrees to, and how it was settled."""
