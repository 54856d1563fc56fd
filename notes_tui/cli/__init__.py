"""The command line: one module a command, loaded when the command is called.

``program`` holds the table of commands and finds them, ``call`` is what one run of the program knows,
``output`` is the only place that writes to the terminal, and ``failures`` turns errors into words and
exit statuses.
"""
