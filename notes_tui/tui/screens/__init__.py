"""Full screens of the interface, each with its stylesheet beside it."""
