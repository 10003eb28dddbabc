"""The local stack on one machine: embedded servers, processes, the demo and the test runner.

For development only: the product never imports this package and its image does not contain it.
"""
