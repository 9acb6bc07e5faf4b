"""What the processor is good at."""

from __future__ import annotations

import platform
from pathlib import Path


def has_fast_bf16() -> bool:
    """Say whether the processor multiplies bfloat16 in hardware.

    Elsewhere bfloat16 is emulated and slower than float32.
    """
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.machine() == "arm64"
    return "avx512_bf16" in flags or "amx_bf16" in flags
