"""Results as files: lists, reports to donors, documents to print."""
