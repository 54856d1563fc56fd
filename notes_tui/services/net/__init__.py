"""The network, asked only by commands that are for it: one bounded, polite client and its cache on disk.

Nothing is imported here: who does not fetch does not pay for it. The client itself is an optional part of the
program (``net``).
"""
