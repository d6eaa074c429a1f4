"""Access tokens (OAuth 2.0 client credentials): short-lived JWTs that stand for a credential, and the keys that sign them."""
