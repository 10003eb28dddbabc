"""Sessions of the older app, which kept each as one JSON value in Redis: read, understood, and taken over."""
