"""What a buyer's own system calls our units, processes, certificates and materials."""
