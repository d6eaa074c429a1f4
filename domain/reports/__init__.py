"""What the marketplace achieved: imports that could be, will be, and were replaced."""
