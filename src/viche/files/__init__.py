"""Bytes: uploads, checks of their content, photographs and their smaller copies, and handing them out."""
