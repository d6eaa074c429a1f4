"""Files that arrive in parts (tus 1.0): what has arrived so far, until it becomes a file or expires."""
