"""The tags that every template of Viche knows without loading them."""
