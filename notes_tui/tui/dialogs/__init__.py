"""Modal dialogs and secondary screens: plain data in, one typed result out.

A dialog never opens the library. What it has to know comes with its constructor, what it has to ask
while it is open comes as a function, and what a person decided leaves by ``dismiss``; ``None`` means
that nothing is to be done.
"""
