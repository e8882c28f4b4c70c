"""The call client, JavaScript for both ends of a call: the desk's browser and the terminal's own media page.

It belongs to the wire: what the two clients say to each other in `Signal` is as much a protocol as the frame around it.
The hub serves it as a file, the terminal through a scheme of its own. There is one copy.
"""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent
CALL_CLIENT = FOLDER / "call.js"
QUALITY = FOLDER / "quality.js"
