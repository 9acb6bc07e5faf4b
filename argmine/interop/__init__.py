"""Annotations as the libraries around us know them: spaCy and Hugging Face datasets."""
