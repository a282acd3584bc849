"""
How exactly the guided routine gives its cues, in the built app in Debian's Chromium: in front, on a phone six times
slower, in a hidden tab with the browser's own throttling, and frozen for a while and woken. For every cue the moment at
which its tone sounds (the sound card's clock) and at which words and vibration begin (the page's), against the plan.
Then: how long it takes to open the player without a network in a browser that has just been started.
`python -m benchmarks.player_timing` takes four minutes, `--full` carries out a routine of ten; both print JSON.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks.devtools import Chromium, Tab, chromium
from benchmarks.player_cues import compare, expected
from benchmarks.serving import Server, ask, server

# benchmarks/seed_logs.py makes her; it cannot be imported here, because it starts Django.
EMAIL, PASSWORD = "bench@example.org", "a passphrase of the benchmark"
FULL = "--full" in sys.argv
CUE_MS, DRIFT_MS, OPEN_MS = 100, 100, 3_000
SLOWER = 6
# The browser's own rule: after five minutes hidden, a tab without sound is woken once a minute. The short run has no
# five minutes.
HIDDEN = [] if FULL else ["--enable-features=IntensiveWakeUpThrottling:grace_period_seconds/10"]
FROZEN_SECONDS = 30

# What the page hands to the sound card and to the motor of the phone, noted as it does; and every half second both
# clocks of the page, and that of the sound card, so that one can be told from the other afterwards.
NOTES = """
(() => {
  const notes = { tones: [], buzzes: [], clocks: [], page: Date.now() - performance.now() };
  window.notes = notes;
  let audio = null;
  const { start, stop } = AudioScheduledSourceNode.prototype;
  AudioScheduledSourceNode.prototype.start = function (at) {
    audio = this.context;
    this.note = { at, pitch: this.frequency.value, taken_back: false };
    notes.tones.push(this.note);
    return start.call(this, at);
  };
  AudioScheduledSourceNode.prototype.stop = function (at) {
    if (at === undefined && this.context.currentTime < this.note.at) this.note.taken_back = true;
    return stop.call(this, at);
  };
  Navigator.prototype.vibrate = (pattern) => {
    if (pattern !== 0) notes.buzzes.push({ at: performance.now(), pattern: JSON.stringify(pattern) });
    return true;
  };
  setInterval(() => {
    if (audio) notes.clocks.push({ page: performance.now(), card: audio.currentTime - (audio.outputLatency || 0) });
  }, 500);
})();
"""


def routine() -> dict:
    """Ten minutes of everything that the player does; two minutes of the same for the short run."""

    def item(exercise: str, **dose: object) -> dict:
        plain = {"sets": 1, "repetitions": 2, "hold_seconds": 20, "rest_seconds": 10, "sides": "none", "tempo": ""}
        return {"exercise": exercise, **plain, "superset": None, "round_rest_seconds": 0, **dose}

    pair = {"superset": 1, "round_rest_seconds": 20, "repetitions": 1}
    items = [
        item("knee-to-chest", repetitions=3 if FULL else 1, sides="both", hold_seconds=20 if FULL else 10),
        item("bridge", repetitions=12 if FULL else 4, hold_seconds=0, tempo="2-1-2"),
    ]
    if FULL:
        items += [item("bridge", sets=3, **pair), item("piriformis-stretch", sets=3, **pair), item("bridge", sets=2)]
    return {"name": "Ten minutes" if FULL else "Two minutes", "items": items}


def button(words: str) -> str:
    return f"[...document.querySelectorAll('main button')].find((one) => one.textContent.trim() === {words!r})"


def player(browser: Chromium, target: Server, routine_id: str) -> Tab:
    """The routine's own screen, just before it starts, on a phone whose copy of the app is complete."""
    tab = browser.tab()
    tab.send("Page.addScriptToEvaluateOnNewDocument", source=NOTES)
    tab.go(f"http://localhost:{target.port}/sign-in?next=/routines/{routine_id}/play")
    for field, text in (("input[type=email]", EMAIL), ("input[type=password]", PASSWORD)):
        tab.until(f"document.querySelector('{field}')")
        tab.run(f"document.querySelector('{field}').focus()")
        tab.send("Input.insertText", text=text)
    tab.run("document.querySelector('form button[type=submit]').click()")
    tab.until("navigator.serviceWorker.controller && true", 60)
    tab.until(button("Start") + " && true")
    return tab


SNAPSHOT = """
(async () => {
  for (const { name } of await indexedDB.databases()) {
    const store = await new Promise((done) => {
      indexedDB.open(name).onsuccess = (event) => done(event.target.result);
    });
    if (!store.objectStoreNames.contains('meta')) continue;
    const all = await new Promise((done) => {
      store.transaction('meta').objectStore('meta').getAll().onsuccess = (event) => done(event.target.result);
    });
    store.close();
    const found = all.find((one) => one && one.plan && one.plan.steps);
    if (found) return found;
  }
})()
"""


@dataclass
class Case:
    name: str
    flags: list[str]
    before: Callable[[Chromium, Tab], None]
    during: Callable[[Chromium, Tab, float], None]


def nothing(browser: Chromium, tab: Tab, *_: float) -> None:
    tab.in_front()


def slow(browser: Chromium, tab: Tab) -> None:
    tab.in_front()
    tab.send("Emulation.setCPUThrottlingRate", rate=SLOWER)


def hide(browser: Chromium, tab: Tab, *_: float) -> None:
    other = browser.tab()
    other.go("data:text/html,<title>something else</title>")
    other.in_front()


def freeze(browser: Chromium, tab: Tab, seconds: float) -> None:
    hide(browser, tab)
    time.sleep(seconds / 3)
    tab.send("Page.setWebLifecycleState", state="frozen")
    time.sleep(FROZEN_SECONDS)
    tab.send("Page.setWebLifecycleState", state="active")
    tab.in_front()


CASES = [
    Case("in front", [], nothing, lambda *_: None),
    Case(f"{SLOWER} times slower", [], slow, lambda *_: None),
    Case("hidden tab", HIDDEN, nothing, hide),
    Case(f"frozen for {FROZEN_SECONDS} s", [], nothing, freeze),
]


def carry_out(case: Case, target: Server, routine_id: str) -> dict:
    with chromium(None, *case.flags) as browser:
        tab = player(browser, target, routine_id)
        case.before(browser, tab)
        tab.run(f"notes.tap = performance.now(); {button('Start')}.click()")
        time.sleep(2)
        state = tab.run(SNAPSHOT)
        cues = expected(state["plan"]["steps"])
        case.during(browser, tab, cues[-1].at / 1000)
        seen = tab.run("document.visibilityState")
        ends = state["started_at"] + cues[-1].at
        time.sleep(max(0, ends / 1000 - time.time()) + 3)
        notes = tab.run("notes")
        ended = tab.run(SNAPSHOT)
    return {"case": case.name, "visibility": seen, **compare(cues, notes, state["started_at"], ended)}


def open_offline(target: Server, routine_id: str, times: int = 5) -> list[float]:
    """From the address to the player's own "Start", in a browser just started, with the network off."""
    took = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        with chromium(Path(profile)) as browser:
            player(browser, target, routine_id)
            # The diary is on the phone before the network goes.
            time.sleep(5)
        for _ in range(times):
            with chromium(Path(profile)) as browser:
                tab = browser.tab()
                tab.send("Network.enable")
                nowhere = {"offline": True, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
                tab.send("Network.emulateNetworkConditions", **nowhere)
                began = time.monotonic()
                tab.send("Page.navigate", url=f"http://localhost:{target.port}/routines/{routine_id}/play")
                while not tab.run(button("Start") + " && true"):
                    time.sleep(0.01)
                took.append((time.monotonic() - began) * 1000)
    return took


def within(one: dict) -> bool:
    frozen = one["case"].startswith("frozen")
    # What falls into the sleep itself is lost, and announced anew on waking.
    kept = one["tones"].get("lost", 1) == 0 or frozen
    drift = max(abs(off) if off is not None else DRIFT_MS + 1 for off in one["drift"].values())
    exact = all(one[what].get("max_ms", CUE_MS + 1) <= CUE_MS for what in ("tones", "words_and_vibration"))
    return kept and drift <= DRIFT_MS and exact


def main() -> int:
    with server("seed_player") as target:
        routine_id = str(uuid.uuid4())
        if ask(target.port, target.headers, ("PUT", f"/api/v1/routines/{routine_id}", routine())) not in (200, 201):
            raise SystemExit("The routine was not taken.")
        opened = open_offline(target, routine_id)
        with ThreadPoolExecutor(len(CASES) if FULL else 2) as together:
            cases = list(together.map(lambda case: carry_out(case, target, routine_id), CASES))
    offline = {"open_offline_ms": {"median": round(statistics.median(opened)), "all": [round(one) for one in opened]}}
    targets = {"cue_ms": CUE_MS, "drift_ms": DRIFT_MS, "open_offline_ms": OPEN_MS}
    print(json.dumps({"measured": [*cases, offline], "targets": targets}, indent=2))
    return 0 if all(map(within, cases)) and statistics.median(opened) <= OPEN_MS else 1


if __name__ == "__main__":
    sys.exit(main())
