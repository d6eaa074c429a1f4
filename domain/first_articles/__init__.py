"""First articles: measured samples of an ordered line, and the buyer's approval that lets production leave."""
