"""
Names each row of a printed table by its first cell: TH with Scope Row, where Typst writes TD.

Typst has `pdf.header-cell(scope: "row")` for that, behind its feature `a11y-extras`; the Python wheel builds Typst's
library without any feature and has no argument to switch one on (0.15.0). It goes once there is one.

What Typst wrote is written over, byte for byte as long: no place in the file's table of objects moves. A cell that
lists its heads has no others, whatever their scope, and Typst lists those of the column alone. So no cell lists any,
and a reader goes by the scopes, along the row and up the column.
"""

from __future__ import annotations

import re

# A line's end cannot come from a person's words: in the strings of a PDF it is written as a backslash and a letter.
CELL = re.compile(
    rb"( 0 obj\n<</Type/StructElem/S)/TD(/P \d+ 0 R/A\[<</O/Table(?:/(?:Row|Col)Span \d+)*)"
    rb"(/Headers\[\(U\d+x(\d+)y\d+\)[^\]]*\])"
)
SCOPE = b"/Scope/Row"


def with_row_heads(pdf: bytes) -> bytes:
    return CELL.sub(_told_by_scope, pdf)


def _told_by_scope(cell: re.Match[bytes]) -> bytes:
    begins, attributes, listed, column = cell.groups()
    kind, scope = (b"/TH", SCOPE) if column == b"0" else (b"/TD", b"")
    return begins + kind + attributes + scope.ljust(len(listed))
