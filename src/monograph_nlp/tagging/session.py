"""One exported network, run on one thread: the same input gives the same output, whatever runs beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt


class Session:
    """An ONNX network; opened at its first use, and again in a process that it is sent to."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._opened: Any = None  # onnxruntime has no types

    def run(self, **inputs: npt.NDArray[np.generic]) -> npt.NDArray[np.float32]:
        """Return the only output for the inputs, by name."""
        (out,) = self._session().run(None, inputs)
        made: npt.NDArray[np.float32] = out
        return made

    def __getstate__(self) -> dict[str, object]:
        return {"_path": self._path, "_opened": None}

    def _session(self) -> Any:
        if self._opened is None:
            import onnxruntime

            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = options.inter_op_num_threads = 1
            options.log_severity_level = 3
            self._opened = onnxruntime.InferenceSession(
                str(self._path), options, providers=["CPUExecutionProvider"]
            )
        return self._opened
