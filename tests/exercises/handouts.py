"""Printing a hand-out in tests, and reading what came out."""

from tests.pdfs import read_pdf, words_in


def handout(client, id, **query):
    return client.get(f"/api/v1/routines/{id}/handout.pdf", query)


def read(answer):
    return read_pdf(pdf_of(answer))


def text_of(answer):
    return words_in(pdf_of(answer))


def pdf_of(answer):
    assert answer.status_code == 200, answer.content
    assert answer["Content-Type"] == "application/pdf"
    return answer.content
