"""JupyterLab as ``labkit lab`` opens it: its defaults, its start page, its command line."""
