"""How soon a sustained worsening is found, and how often it is told wrongly: `python -m benchmarks.trends`."""
