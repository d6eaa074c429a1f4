"""Quality: inspections of what was received, and the nonconformances that a rejection opens."""
