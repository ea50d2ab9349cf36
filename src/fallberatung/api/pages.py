"""The pages: static files where they were built, a plain sentence where they were not."""

import mimetypes
from pathlib import Path
from typing import Final

from litestar import MediaType, Response, Router, get, head
from litestar.params import FromPath
from litestar.static_files import create_static_files_router
from litestar.status_codes import HTTP_503_SERVICE_UNAVAILABLE

from fallberatung.api.errors import NoSuchPageError
from fallberatung.api.middleware import PUBLIC

NOT_BUILT: Final = (
    "Die Seiten wurden nicht gebaut. / The pages were not built: "
    "run `make` in the project folder, then start the service again.\n"
)


def pages(folder: Path | None) -> Router:
    """Return the router of the pages."""
    if folder is None:
        return Router("/", route_handlers=[_not_built], include_in_schema=False)
    # Debian's Python learns this type from a system table that a small machine lacks.
    mimetypes.add_type("font/woff2", ".woff2")
    router = create_static_files_router(
        "/", [folder], html_mode=True, name="pages", opt={PUBLIC: True}
    )
    router.register(_head_of_start)
    return router


@head("/", opt={PUBLIC: True}, media_type=MediaType.HTML, include_in_schema=False)
async def _head_of_start() -> None:
    # The framework answers HEAD for every file, but not for the folder that stands for one.
    return


@get(["/", "/{path:path}"], opt={PUBLIC: True}, media_type=MediaType.TEXT)
async def _not_built(path: FromPath[str] = "/") -> Response[str]:
    if path.startswith("/api/"):
        raise NoSuchPageError
    return Response(NOT_BUILT, status_code=HTTP_503_SERVICE_UNAVAILABLE, media_type=MediaType.TEXT)
