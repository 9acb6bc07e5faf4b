"""Blocks, sentences and languages of bilingual news."""
