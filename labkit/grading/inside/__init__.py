"""What runs on the submission's side of the border. Nothing here is trusted once a cell has run.

The worker imports the libraries once, then forks one child per job; the child runs the cells and answers questions.
Isolation is not done here but around it, by :mod:`labkit.grading.jail`.
"""
