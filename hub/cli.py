"""What commands share: opening the hub that the command line names."""

import argparse

from hub.config import HubConfig, load_config
from hub.state import Hub


def config_of(args: argparse.Namespace) -> HubConfig:
    """The configuration that `--config` and `--data-dir` name. Raises ConfigInvalid."""
    return load_config(args.config, **({"data_dir": args.data_dir} if args.data_dir else {}))


def open_hub(args: argparse.Namespace) -> Hub:
    """The hub of this command line; use it in a `with`. A server may be running on the same data meanwhile."""
    return Hub(config_of(args))
