"""The live page: every panel of every lab on one stage, for an instructor with a projector.

``labkit live`` shows it through Voilà (:mod:`labkit.stage.server`); the notebook that it serves works in JupyterLab as well
(:mod:`labkit.stage.notebook`) and holds one line, :func:`labkit.stage.page.show_page`.
"""
