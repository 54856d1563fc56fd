"""What the commands of the interface do: short functions of the main screen, by subject.

An action asks what it has to ask, calls one service, and tells the screen what changed. Dialogs are
imported where they are opened, so the first screen does not wait for them.
"""
