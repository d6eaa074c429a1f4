"""Events on their way to webhook endpoints: each becomes a delivery for each endpoint, and is sent until it is taken."""
