"""Datasets as Hugging Face has them."""
