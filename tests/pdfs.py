"""Reading a PDF in tests: its text, its tags and its paper."""

from __future__ import annotations

import io
from typing import Any

from pypdf import PdfReader

A4, LETTER = (595, 842), (612, 792)


def read_pdf(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def words_in(pdf: bytes) -> str:
    # Lines break where a page or a column is full.
    return " ".join(" ".join(page.extract_text() for page in read_pdf(pdf).pages).split())


def rows_in(pdf: bytes) -> list[str]:
    """As it lies on the paper, row by row."""
    pages = [page.extract_text(extraction_mode="layout") for page in read_pdf(pdf).pages]
    return [" ".join(line.split()) for page in pages for line in page.splitlines()]


def size_of(page: Any) -> tuple[int, int]:
    return round(page.mediabox.width), round(page.mediabox.height)


def elements(reader: PdfReader) -> list[tuple[str, str | None]]:
    """Every element of the tag tree, as (type, alternative text)."""
    found: list[tuple[str, str | None]] = []
    todo: list[Any] = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while todo:
        one = todo.pop().get_object()
        if isinstance(one, list):
            todo += one
        elif isinstance(one, dict):
            if "/S" in one:
                found.append((one["/S"], one.get("/Alt")))
            if "/K" in one:
                todo.append(one["/K"])
    return found


def table_rows(reader: PdfReader) -> list[list[tuple[str, str | None]]]:
    """The cells of each row of a table, as (type, scope), the rows in any order; none may list its heads."""
    found = []
    todo: list[Any] = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while todo:
        one = todo.pop().get_object()
        if isinstance(one, list):
            todo += one
        elif isinstance(one, dict):
            if one.get("/S") == "/TR":
                found.append([cell_of(cell.get_object()) for cell in one["/K"]])
            if "/K" in one:
                todo.append(one["/K"])
    return found


def cell_of(cell: Any) -> tuple[str, str | None]:
    told = {name: value for attribute in cell.get("/A", []) for name, value in attribute.get_object().items()}
    assert not told.get("/Headers"), "who lists heads has no others"
    return cell["/S"], told.get("/Scope")
