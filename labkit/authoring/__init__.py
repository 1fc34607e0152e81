"""Authoring: one source ``lab.py`` becomes four editions, and gates keep them true.

======================  ==========================================================================
``source``              a lab's source, read: header and cells with their line numbers
``edits``               replacing spans of a text without losing count of its lines
``language_split``      ``L("en", "zh")`` and ``# en:`` / ``# zh:`` → one language
``solution_marks``      official solution → the stub that a trainee finds
``admonitions``         ``> [!NOTE]`` → a box that JupyterLab shows
``slide_types``         what each cell is on a slide: slide, page below it, notes, left out
``editions``            cells → trainee and solutions notebooks in each language
``execution``           running the solutions and keeping what they say
``build``               ``labkit build``: write what changed, or say what is stale
``translation``         is a Chinese cell younger than the English it translates?
``scaffold``            ``labkit new``: a minimal lab that builds
``lab_parts``           minutes, practice and what to skip, as the instructor's cells say
``timetable``           the two days by the clock
``timing_sheet``        ``labkit agenda``: the timetable on paper
``gates``               what must hold for every lab, one small file per promise
======================  ==========================================================================

Nothing that a trainee's notebook imports reaches this room: it loads nbformat, which is slow.
"""
