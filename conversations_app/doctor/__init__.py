"""What `manage.py doctor` looks at; `table.py` names it all, in order."""
