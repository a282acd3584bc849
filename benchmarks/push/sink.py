"""
A push service that takes everything, for measuring senders: TLS on loopback, 201 at once, nothing opened or verified.

`python -m benchmarks.push.sink FOLDER` writes its authority there and prints its port.
"""

from __future__ import annotations

import asyncio
import ssl
import sys
from pathlib import Path

from tests.reminders.push_service import make_authority

ANSWER = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"


class Taking(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport, self.read, self.missing = transport, b"", 0

    def data_received(self, data: bytes) -> None:
        self.read += data
        while (end := self.read.find(b"\r\n\r\n") + 4) > 3:
            length = int(self.read[:end].lower().split(b"content-length:")[1].split(b"\r\n")[0])
            if len(self.read) < end + length:
                break
            self.read = self.read[end + length :]
            self.transport.write(ANSWER)


async def serve(folder: Path) -> None:
    _, certificate = make_authority(folder, ("localhost", "127.0.0.1"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server = await asyncio.get_running_loop().create_server(Taking, "127.0.0.1", 0, ssl=context, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1])))
