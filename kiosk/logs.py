"""Where the log goes, and the nets for threads and tasks that nobody caught."""

import logging
import logging.handlers
import sys
import threading
from pathlib import Path
from types import TracebackType

_FORMAT = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"
_BYTES, _FILES = 5 << 20, 4


def start_logging(level: str, folder: Path | None = None) -> None:
    """Log to standard error and, with `folder`, to a rotating `kiosk.log` (4 × 5 MiB)."""
    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stderr)]
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        handlers.append(
            logging.handlers.RotatingFileHandler(folder / "kiosk.log", maxBytes=_BYTES, backupCount=_FILES - 1)
        )
    logging.basicConfig(level=level, format=_FORMAT, handlers=handlers, force=True)


def install_nets() -> None:
    """What no one caught is logged and ends nothing. The screen adds its own word in `ui/app.py`."""

    def on_exception(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        logging.getLogger("net").critical("nobody caught this", exc_info=(kind, error, trace))

    def on_thread(args: threading.ExceptHookArgs) -> None:
        name = args.thread.name if args.thread else "?"
        logging.getLogger("net").critical(
            "nobody caught this in thread %s", name, exc_info=args.exc_value or args.exc_type(), stack_info=False
        )

    sys.excepthook = on_exception
    threading.excepthook = on_thread
