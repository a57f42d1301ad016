"""CorefUD: CoNLL-U with the mentions of entities, also across documents."""
