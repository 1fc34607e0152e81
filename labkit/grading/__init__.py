"""``labkit grade``: a folder of trainees' notebooks becomes one report on the class. For instructors:

1. **Collect.** One folder per person, or loose notebooks named after persons, or both
   (:mod:`labkit.grading.submissions`). Names of files do not matter: a lab is recognised by what is in it. Whoever
   wants to adds the file of ``labkit progress --export``.
2. **Grade.** ``labkit grade submissions --seed 20260315 --out report``, with the class's own seed. Ctrl-C at any time:
   the same command goes on where it stopped, and grades anew only who handed in something else.
3. **Read.** ``report/index.html`` in the browser or on paper: what to repeat tomorrow, the class at a glance, each
   exercise with its mistakes, each person. ``report/class.csv`` for a spreadsheet.

What the signs mean:

* *right*: on the class's world and on another one that nobody has seen (``--other-seed``).
* *right on its own world only*: a number was written in, or something was assumed that holds only there.
* *wrong*: with the mistake that the answer looks like, in the words that the trainee would have read.
* *not attempted*: the stub, whatever was changed around it.
* *the official solution*: right, and the same code apart from layout. Said of long answers, and of short ones beside
  them; how it got there the code does not tell. A log that was handed in is a claim and shown as one.

How it is done: :mod:`intake <labkit.grading.intake>` reads, :mod:`plan <labkit.grading.plan>` says which cells run
(answers and added cells are the trainee's, all else is what was handed out), :mod:`jail <labkit.grading.jail>` runs
them where answer keys, checks and network are out of reach, :mod:`grader <labkit.grading.grader>` judges what comes
out with the course's checks, :mod:`results <labkit.grading.results>` keeps it person by person, and
:mod:`report <labkit.grading.report>` tells it. Outputs stored in notebooks are never read.
"""
