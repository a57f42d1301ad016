"""What a person can do, as pure functions from the state of an article to a ChangeSet.

An edit that would change nothing gives an empty (false) ChangeSet. The first decision in a
new article moves it to `in_progress` in the same change.
"""
