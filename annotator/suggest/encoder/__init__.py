"""Spans by our own small encoder: word pieces, windows, the network, decoding, edges.

Needs onnxruntime and numpy at run time, and spaCy only for the lines in which the network suspects
an allegation; `component` wraps it for spaCy pipelines.
What training shares with it (pieces, shapes, windows, decoding) is imported from here.
"""
