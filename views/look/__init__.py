"""One look for every page: tokens, components, tables, charts."""
