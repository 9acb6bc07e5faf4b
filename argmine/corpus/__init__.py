"""Runs over corpora: in worker processes, in shards, on a cluster."""
