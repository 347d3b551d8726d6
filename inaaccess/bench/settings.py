"""The settings of the measured server: production's own, with the bare pages beside the real ones."""

from inaaccess.settings import *  # noqa: F403

ROOT_URLCONF = "inaaccess.bench.urls"
