"""A file, or one range of it (RFC 9110, section 14), under a strong validator."""

import re
from collections.abc import Mapping
from pathlib import Path

import anyio
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from hub.problems import Problem

_CHUNK = 256 << 10
_ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII)


class RangeUnsatisfiable(Problem):
    status = 416
    code = "range.unsatisfiable"
    title = ("请求的范围超出文件", "The range lies beyond the end of the file")


def wanted_range(headers: Mapping[str, str], size: int, etag: str) -> tuple[int, int] | None:
    """First byte and the one after the last, None for the whole file. Raises RangeUnsatisfiable.

    What is malformed, or asks for several ranges, gets the whole file, as the standard allows.
    """
    found = _ONE_RANGE.fullmatch(headers.get("range", "").strip())
    if found is None or headers.get("if-range", etag) != etag:
        return None
    first, last = found.groups()
    if len(first) > 18 or len(last) > 18 or not (first or last):
        return None
    if first and last and int(last) < int(first):
        return None
    start = int(first) if first else max(0, size - int(last))
    end = min(size, int(last) + 1) if first and last else size
    if start >= size or start >= end:
        raise RangeUnsatisfiable({"Content-Range": f"bytes */{size}"}, size=size)
    return start, end


class FileSlice(Response):
    """Sends `path` from `start` to before `end` in chunks, reading in a thread."""

    def __init__(self, path: Path, start: int, end: int, status: int, headers: Mapping[str, str], body: bool) -> None:
        self._path, self._start, self._end, self._send_body = path, start, end, body
        super().__init__(status_code=status, headers=dict(headers) | {"Content-Length": str(end - start)})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        left = self._end - self._start if self._send_body else 0
        if left:
            async with await anyio.open_file(self._path, "rb") as handle:
                await handle.seek(self._start)
                while left and (chunk := await handle.read(min(_CHUNK, left))):
                    left -= len(chunk)
                    await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def file_response(path: Path, sha256: str, method: str, headers: Mapping[str, str], media_type: str) -> Response:
    """The answer to GET or HEAD for a file that never changes under its name."""
    etag = f'"{sha256}"'
    common = {
        "ETag": etag,
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, max-age=31536000, immutable",
        "Content-Type": media_type,
        "Content-Disposition": "attachment",
    }
    if etag in {tag.strip() for tag in headers.get("if-none-match", "").split(",")}:
        return Response(status_code=304, headers={"ETag": etag})
    size = path.stat().st_size
    part = wanted_range(headers, size, etag)
    body = method == "GET"
    if part is None:
        return FileSlice(path, 0, size, 200, common, body)
    extra = {"Content-Range": f"bytes {part[0]}-{part[1] - 1}/{size}"}
    return FileSlice(path, *part, 206, common | extra, body)
