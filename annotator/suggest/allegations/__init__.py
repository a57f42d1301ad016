"""ALLEGATION after the guidelines: marking words, and what they govern in the parse.

`finder` puts it together; `markers` and `reports` hold the rules, `clauses` says how far a
claim reaches, `wrongs` which words name a wrong. The language is English.
"""
