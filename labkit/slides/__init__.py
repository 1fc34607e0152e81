"""Slides from the same sources: ``labkit slides 3.3`` → one HTML file that needs nothing else.

================  ================================================================================
``execution``     run the solutions edition for its figures, or take them from the last run
``sentences``     a paragraph → its sentences
``heights``       how much room a text takes on a slide
``blocks``        prose → the pieces that stand on slides
``outputs``       what a cell showed → pieces: figure, fact, small table, verdict, question
``deck``          pieces → pages that are not too full, with speaker notes
``formulas``      LaTeX → MathML, which browsers show without any library
``page``          pages → HTML, by nbconvert and reveal.js
``writing``       decks on disk, all of them or none
``templates``     the look: nbconvert's template, style sheet, a little script
``reveal``        reveal.js 4.6.1 as it came, MIT licence
================  ================================================================================

What is a slide at all, :mod:`labkit.authoring.slide_types` decides; live slides in JupyterLab follow the same rule.
"""
