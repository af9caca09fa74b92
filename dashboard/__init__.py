"""NewsPrism's dashboard: query -> chart -> page -> export over one pinned version of the store."""
