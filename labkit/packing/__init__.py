"""Packing: the whole course on a USB stick, for a training room without internet.

====================  ===========================================================================
``targets``           systems and Pythons: their wheel tags, and what a lock's markers say there
``lock``              a lock file, read: versions, markers, hashes
``wheels``            download what the lock asks for on each target, checked, and once only
``contents``          what goes in: project, worlds, site
``scripts``           what starts the installation on each system, and its README
``installer``         runs on the training room's computer: standard library only
``manifest``          sizes and SHA-256 of every file; written last
``packing``           ``labkit pack``: all of it in order
====================  ===========================================================================
"""
