"""Ray and Spark in the tests: both stay on this machine, whatever its network is, and report to nobody."""

from __future__ import annotations

import os
import secrets
import shutil
import sys

LOCAL = {
    "RAY_ADDRESS": "local",  # a cluster that this machine belongs to is none of the tests' business
    "RAY_AUTH_TOKEN": secrets.token_hex(),  # otherwise Ray writes one into the user's home
    "RAY_USAGE_STATS_ENABLED": "0",
    "SPARK_LOCAL_IP": "127.0.0.1",
    "PYSPARK_PYTHON": sys.executable,
}
"""Variables for the environment of whatever starts an engine."""

HAS_JAVA = bool(os.environ.get("JAVA_HOME") or shutil.which("java"))
NO_JAVA = "Spark needs Java 17 or newer, and there is none on this machine"
