"""Train models on labelled sentences; needs the extra ``argmine[train]``."""
