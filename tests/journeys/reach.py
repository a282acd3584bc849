"""What a screen is looked at for: faults that axe knows, and what is wider than the phone."""

from __future__ import annotations

import json

from tests.faults.server import ROOT
from tests.journeys.browser import Phone

AXE = ROOT / "static" / "node_modules" / "axe-core" / "axe.min.js"

WIDER_THAN_THE_PHONE = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return null;
  const reaches = (one) => one.getBoundingClientRect().right;
  const far = [...document.querySelectorAll('body *')].filter((one) => reaches(one) > room + 1);
  return far.slice(0, 3).map((one) => `${one.outerHTML.slice(0, 120)} reaches ${Math.round(reaches(one))}`).join(' ; ')
    || `scrolls to ${document.documentElement.scrollWidth}`;
}"""


class Axe:
    """axe-core in a world of its own in the page: the page's content security policy stays as it is."""

    def __init__(self, phone: Phone) -> None:
        self.page = phone.page
        self.devtools = phone.context.new_cdp_session(phone.page)
        self.source = AXE.read_text(encoding="utf-8")

    def faults(self) -> list[str]:
        frame = self.devtools.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
        world = self.devtools.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": "axe"})
        context = world["executionContextId"]
        self.devtools.send("Runtime.evaluate", {"expression": self.source, "contextId": context})
        answer = self.devtools.send(
            "Runtime.evaluate",
            {
                "expression": """axe.run(document, { resultTypes: ['violations'] }).then((found) => JSON.stringify(
                  found.violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((n) => n.html).join(' ')}`)
                ))""",
                "contextId": context,
                "awaitPromise": True,
            },
        )
        assert "exceptionDetails" not in answer, answer
        return json.loads(answer["result"]["value"])
