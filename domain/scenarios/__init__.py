"""Award scenarios: the cheapest split of what is left to award over the opened quotes, under conditions."""
