"""Numeric figures in Chinese and English text, found by rule.

Nothing heavy is loaded: ``from argmine.figures import find`` needs no model.
"""

from argmine.figures.extract import find

__all__ = ["find"]
