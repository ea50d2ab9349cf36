"""Put the web assets and the policies into the wheel; an editable install skips this.

The assets are built into a folder of their own, never taken from the source tree, so that a wheel
holds what its sources say. The source distribution needs no hook: it carries `web/`, `policies/`
and `scripts/` as they are.
"""

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class AssetsHook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling leaves its configuration untyped
    """Builds the assets before the wheel is packed and clears them away after."""

    folder: Path | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build, and tell hatchling to carry the result as ``fallberatung/bundled``.

        Raises:
            SystemExit: The assets could not be built; one sentence says why.
        """
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "scripts"))
        from assets import PARTS, AssetsError, build_assets  # noqa: PLC0415  # hatchling loads this file by path; only now are its neighbours importable

        self.folder = Path(tempfile.mkdtemp(prefix="fallberatung-assets-"))
        try:
            build_assets(root, self.folder, lambda line: print(line, flush=True))
        except AssetsError as sentence:
            self.clear()
            raise SystemExit(str(sentence)) from None
        for part in PARTS:
            build_data["force_include"][str(self.folder / part)] = f"fallberatung/bundled/{part}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Clear away what `initialize` built."""
        del version, build_data, artifact_path
        self.clear()

    def clear(self) -> None:
        """Remove the folder of the build, if there is one."""
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)
