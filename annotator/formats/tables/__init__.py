"""Tables of articles: a row is an article, its text in one column."""
