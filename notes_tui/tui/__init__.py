"""The interface: a Textual app that draws and asks, and leaves every rule to the services."""
