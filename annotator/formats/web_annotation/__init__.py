"""The W3C Web Annotation model: a folder with the text of each article and a page of annotations beside it."""
