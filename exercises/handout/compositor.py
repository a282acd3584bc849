"""
The press itself, as a program: a Typst template's path as argument, JSON in, PDF out. It imports only what it cannot do
without: half of the time that a small sheet takes is Python's start.
"""

import sys
from os.path import abspath, dirname, join

import typst

FONTS = join(dirname(abspath(__file__)), "fonts")


def set_type(template: str, sheet: bytes) -> bytes:
    """
    PDF/UA-1, with the tags that a screen reader goes by. Only for a name with signs that our own fonts do not have are
    the machine's looked through; with signs that no font here has (an emoji) it cannot claim that standard: the same
    tagged PDF then, without the claim.
    """
    for ours_only in (True, False):
        try:
            return compiled(template, sheet, ours_only=ours_only, claims=True)
        except typst.TypstError as error:
            if "could not be displayed" not in str(error):
                raise
    return compiled(template, sheet, ours_only=False, claims=False)


def compiled(template: str, sheet: bytes, *, ours_only: bool, claims: bool) -> bytes:
    return typst.compile(
        template,
        root=dirname(template),
        font_paths=[FONTS],
        sys_inputs={"sheet": sheet.decode()},
        # Says nothing of when, and the same sheet is the same file.
        timestamp=0,
        ignore_system_fonts=ours_only,
        pdf_standards="ua-1" if claims else None,
    )


if __name__ == "__main__":
    sys.stdout.buffer.write(set_type(sys.argv[1], sys.stdin.buffer.read()))
