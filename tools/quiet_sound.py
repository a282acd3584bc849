"""
Writes the player's quiet sound, `static/src/lib/components/player/quiet.flac`: six seconds of a tone so low and so soft
that nobody hears it. Phones show a page on the lock screen, and let it run with the screen off, only while it plays a
real sound of more than five seconds. Run it by hand when the sound is to change.
"""

from __future__ import annotations

import hashlib
import math
import struct
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "static/src/lib/components/player/quiet.flac"
RATE = 8000
BLOCK = 4096
BLOCKS = 12
# A whole number of periods, so that it loops without a click: 15.6 Hz lies below what ears can hear.
PERIOD = 512
# -54 dB of full scale: browsers count a page as silent below -72 dB.
LOUDNESS = 64
RICE = 0


class Bits:
    def __init__(self) -> None:
        self.value, self.count = 0, 0

    def add(self, number: int, width: int) -> None:
        self.value = self.value << width | (number & (1 << width) - 1)
        self.count += width

    def whole(self) -> bytes:
        self.add(0, -self.count % 8)
        return self.value.to_bytes(self.count // 8, "big")


def crc(data: bytes, width: int, polynomial: int) -> int:
    rest = 0
    for byte in data:
        rest ^= byte << width - 8
        for _ in range(8):
            rest = (rest << 1 ^ polynomial if rest >> width - 1 else rest << 1) & (1 << width) - 1
    return rest


def frame(number: int, samples: list[int]) -> bytes:
    """One block, each sample told by how it differs from a line through the two before it (FLAC's fixed order 2)."""
    head = bytes([0xFF, 0xF8, 0xC4, 0x08, number])
    body = Bits()
    body.add(0b0_001010_0, 8)
    for sample in samples[:2]:
        body.add(sample, 16)
    body.add(0b00_0000, 6)
    body.add(RICE, 4)
    for before, last, sample in zip(samples, samples[1:], samples[2:], strict=False):
        residual = sample - 2 * last + before
        folded = residual * 2 if residual >= 0 else -residual * 2 - 1
        body.add(1, (folded >> RICE) + 1)
        body.add(folded, RICE)
    data = head + bytes([crc(head, 8, 0x07)]) + body.whole()
    return data + struct.pack(">H", crc(data, 16, 0x8005))


def flac() -> bytes:
    tone = [round(LOUDNESS * math.sin(2 * math.pi * place / PERIOD)) for place in range(BLOCK * BLOCKS)]
    about = Bits()
    for number, width in ((BLOCK, 16), (BLOCK, 16), (0, 24), (0, 24), (RATE, 20), (0, 3), (15, 5), (len(tone), 36)):
        about.add(number, width)
    info = about.whole() + hashlib.md5(struct.pack(f"<{len(tone)}h", *tone), usedforsecurity=False).digest()
    blocks = [tone[start : start + BLOCK] for start in range(0, len(tone), BLOCK)]
    return b"fLaC" + b"\x80" + len(info).to_bytes(3, "big") + info + b"".join(map(frame, range(BLOCKS), blocks))


if __name__ == "__main__":
    TARGET.write_bytes(flac())
