"""A report to read and print: one HTML file that needs no network, no script and no other file."""
