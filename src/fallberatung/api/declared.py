"""What every route declares about its failures, so that the OpenAPI tells the whole truth."""

from collections.abc import Mapping

from litestar.openapi.datastructures import ResponseSpec

from fallberatung.wire.problem import MEDIA_TYPE, Problem


def problems(*statuses: int) -> Mapping[int, ResponseSpec]:
    """Declare problems of these statuses, beside those any route can have."""
    return {
        status: ResponseSpec(
            Problem, generate_examples=False, description="Problem", media_type=MEDIA_TYPE
        )
        for status in sorted({400, 500, 503, *statuses})
    }


OPEN = problems()
"""A route for everybody."""
SIGNED_IN = problems(401, 403)
"""A route for whoever is signed in."""
AT_A_CASE = problems(401, 403, 404, 409, 413, 415, 422)
"""A route about one case."""
