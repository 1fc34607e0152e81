"""The commands of ``labkit``, one file for each kind of visitor."""
