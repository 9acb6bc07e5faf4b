"""Score predictions against labelled sentences."""
