"""What a user can do: one plain function a use case, one transaction and one undo step each.

The interface and the command line call the same functions. Each returns a small report.
"""
