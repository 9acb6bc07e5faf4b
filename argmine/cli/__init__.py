"""The command line: options in, exit code out; the work lives elsewhere."""
