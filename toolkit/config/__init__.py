"""What a run is asked to do: options and configuration files become one frozen Settings."""

from toolkit.config.file import find, load
from toolkit.config.settings import PathSettings, Settings
from toolkit.config.waiver import Waiver

__all__ = ["PathSettings", "Settings", "Waiver", "find", "load"]
