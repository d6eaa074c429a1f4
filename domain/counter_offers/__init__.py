"""Counter-offers: what the buyer proposes to change of an opened quote, in writing, and the supplier's answer."""
