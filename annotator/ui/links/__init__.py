"""The page of entities: who is mentioned, every mention in context, and which two may be the same."""
