"""WebAnno TSV 3.3, a table of tokens, as INCEpTION reads and writes it."""
