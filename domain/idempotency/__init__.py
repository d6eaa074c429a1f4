"""What was answered under an `Idempotency-Key`, stored in the transaction of the work itself."""
