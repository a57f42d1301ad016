"""Documents of other programs, each file one article: the text that a reader of it sees.

What parses them is mostly other people's code on strangers' files, so all of it runs in a
process of its own (`formats/apart.py`), with bounds on memory and time.
"""
