"""The printed hand-out: what stands on it (`sheet`), and the press that makes a PDF of it (`press`, Typst)."""
