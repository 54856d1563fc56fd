"""One module a command; each has one public name, ``command``."""
