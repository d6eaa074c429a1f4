"""Keys by which people and machines act for an organisation."""
