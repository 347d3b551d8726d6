"""Markets and missions: who covers what, and what each mission offers in its markets."""
