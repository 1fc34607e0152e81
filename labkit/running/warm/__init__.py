"""Kernels that start at once: one process imports the heavy libraries, and every kernel is a fork of it."""
