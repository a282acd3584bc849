"""How fast pushes leave this machine, against pywebpush one by one."""
