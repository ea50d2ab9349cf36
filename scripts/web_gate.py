"""Check the web room: packages of the lock, strict types, then its tests with their own summary."""

import sys

import assets
import node

STEPS = (("run", "check"), ("test",))


def main() -> int:
    """Run the steps in order; return the status of the first that fails, 2 without packages."""
    try:
        assets.install(assets.ROOT, node.find(), lambda line: print(f"· {line}", flush=True))
    except (assets.AssetsError, node.NodeError) as sentence:
        sys.stderr.write(f"{sentence}\n")
        return 2
    for step in STEPS:
        print(f"· npm {' '.join(step)}", flush=True)
        status = node.npm(step, assets.ROOT / "web")
        if status:
            return status
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
