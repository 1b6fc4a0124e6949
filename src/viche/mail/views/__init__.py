"""Pages of letters that anybody may open."""
