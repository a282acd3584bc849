from __future__ import annotations

import re
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.faults.server import Server, wait_until
from tests.journeys.browser import REFUSED, Phone
from tests.journeys.steps import (
    Person,
    a_person,
    button,
    fill_in,
    has_sent_all,
    is_signed_in,
    link,
    log,
    sign_in,
    sign_out,
    sign_up,
    tap,
)

pytestmark = pytest.mark.journey


def says_of(page: Page, field: str, words: str) -> None:
    """Below the field, tied to it, and the field is where the next key goes."""
    control = page.get_by_label(field, exact=True)
    expect(control).to_have_attribute("aria-invalid", "true")
    expect(control).to_have_accessible_description(re.compile(re.escape(words)))


def test_signing_up_says_what_is_wrong_and_where(phone: Phone):
    page = phone.page
    phone.expect(REFUSED.format("4(00|09)"))
    page.goto("/sign-up")
    tap(button(page, "Make an account"))
    says_of(page, "E-mail", "Enter your e-mail address.")
    says_of(page, "Password", "Enter a password.")
    expect(page.get_by_label("E-mail", exact=True)).to_be_focused()

    fill_in(page, Person("not an address", "short"))
    tap(button(page, "Make an account"))
    says_of(page, "E-mail", "This does not look like an e-mail address.")
    says_of(page, "Password", "Too short: at least 10 characters.")

    fill_in(page, Person("somebody@example.org", "password123"))
    tap(button(page, "Make an account"))
    says_of(page, "Password", "This password is on the lists that attackers try first.")

    alice = a_person("alice")
    fill_in(page, alice)
    tap(button(page, "Make an account"))
    is_signed_in(page)
    sign_out(page)
    page.goto("/sign-up")
    fill_in(page, alice)
    tap(button(page, "Make an account"))
    expect(page.get_by_text("There is an account with this address already.")).to_be_visible()


def test_signing_in_tells_nobody_which_addresses_have_an_account(phone: Phone):
    page, alice = phone.page, a_person("alice")
    phone.expect(REFUSED.format(400))
    sign_up(page, alice)
    sign_out(page)
    said = []
    for who in (Person(alice.email, "quite the wrong words"), a_person("nobody")):
        page.goto("/sign-in")
        fill_in(page, who)
        tap(button(page, "Sign in"))
        expect(page.get_by_text("E-mail and password do not fit together.")).to_be_visible()
        said.append(page.get_by_role("main").inner_text())
    assert said[0] == said[1]
    sign_in(page, alice)


def test_a_forgotten_password_is_reset_by_mail(server: Server, phone: Phone):
    page, alice = phone.page, a_person("alice")
    sign_up(page, alice)
    log(page, "Left calf", Pain=4)
    has_sent_all(page)
    sign_out(page)

    page.goto("/sign-in")
    tap(link(page, "Forgotten the password?"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Reset the password")
    page.get_by_label("E-mail", exact=True).fill(alice.email)
    tap(button(page, "Send the link"))
    expect(page.get_by_role("alert").get_by_text("No e-mail leaves this Unpinch")).to_be_visible()
    address = wait_until("the mail is there", lambda: link_in_the_mail_to(server.data_dir / "mail", alice))
    assert address.startswith(server.address), address

    page.goto(address)
    page.get_by_label("New password").fill("another long enough passphrase")
    tap(button(page, "Save the password"))
    expect(page.get_by_text("The new password is saved.")).to_be_visible()
    phone.expect(REFUSED.format(400))
    page.goto("/sign-in")
    fill_in(page, alice)
    tap(button(page, "Sign in"))
    expect(page.get_by_text("E-mail and password do not fit together.")).to_be_visible()
    sign_in(page, Person(alice.email, "another long enough passphrase"))
    assert len(phone.rows()) == 1

    # The link is good for one time.
    sign_out(page)
    page.goto(address)
    page.get_by_label("New password").fill("a third long enough passphrase")
    tap(button(page, "Save the password"))
    expect(page.get_by_text("This link is used up or too old.")).to_be_visible()


def link_in_the_mail_to(folder: Path, who: Person) -> str | None:
    for file in folder.glob("*"):
        message = message_from_bytes(file.read_bytes(), policy=policy.default)
        if who.email in str(message["To"]):
            body = message.get_body(("plain",))
            found = body and re.search(r"https?://\S+/reset-password/\S+", body.get_content())
            if found:
                return found[0]
    return None
