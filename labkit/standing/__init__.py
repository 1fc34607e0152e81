"""Where a trainee stands in the whole course: a card, a table, a file to hand in, a certificate.

Everything is read from the log of one's own computer, ``labkit/exercises/progress.py``; what counts as right, looked
up or at work is defined once, in ``standing.py``.
"""
