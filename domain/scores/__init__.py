"""Technical scores by several people, each on a sheet of his own, and the ranking that they and the formulas give."""
