"""Widgets of the main screen. Data comes down by method calls and reactives, news goes up as messages."""
