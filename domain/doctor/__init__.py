"""What has to be true of an installation at any moment, as SQL, and what to do where it is not."""
