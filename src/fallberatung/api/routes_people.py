"""Routes about the service and its people: facts, joining, signing in and out, who is there."""

from typing import Annotated, Any

from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, QueryParameter
from litestar.status_codes import HTTP_204_NO_CONTENT

from fallberatung.api import translate
from fallberatung.api.declared import OPEN, SIGNED_IN, problems
from fallberatung.api.middleware import PUBLIC, presence_of
from fallberatung.api.throttle import Throttle
from fallberatung.audit.sign import log_policy
from fallberatung.bootstrap.service import Service
from fallberatung.wire.accounts import (
    Account,
    Join,
    Kdf,
    Login,
    LoginParams,
    People,
    SignedIn,
)
from fallberatung.wire.cases import Desk
from fallberatung.wire.codes import USER_PATTERN
from fallberatung.wire.encoding import from_text, to_text
from fallberatung.wire.service import ServiceFacts
from fallberatung.workflow import accounts, intake
from fallberatung.workflow.errors import WrongLoginError
from fallberatung.workflow.work import Context


@get("/service", operation_id="service", opt={PUBLIC: True}, responses=OPEN)
async def service_facts(service: NamedDependency[Service]) -> ServiceFacts:
    """Say what the service is; clients compare it with their invitation."""
    house = service.house
    keys = log_policy(house.custody, house.origin)
    return ServiceFacts(
        realm=house.realm,
        version=service.version,
        area=house.area,
        origin=house.origin,
        checkpoint_key=keys.checkpoint_keys[0],
        receipt_key=keys.receipt_keys[0],
        policies=dict(service.policies.hashes),
        build=service.build,
    )


@get("/login/params", operation_id="loginParams", opt={PUBLIC: True}, responses=OPEN)
async def login_params(
    service: NamedDependency[Service],
    context: NamedDependency[Context],
    user: Annotated[str, QueryParameter(pattern=USER_PATTERN)],
) -> LoginParams:
    """Return salt and parameters; an unknown user name gets its own stable ones."""
    salt = await service.read(lambda work: accounts.login_salt(work, context, user))
    return LoginParams(salt=salt, kdf=Kdf())


@post("/login", operation_id="login", opt={PUBLIC: True}, responses=problems(401, 415, 429))
async def login(
    service: NamedDependency[Service],
    context: NamedDependency[Context],
    throttle: NamedDependency[Throttle],
    data: JSONBody[Login],
) -> SignedIn:
    """Sign in; what is wrong is not told, and too many attempts have to wait."""
    throttle.check(data.user, context.address, context.now)
    try:
        done = await service.write(accounts.login(context, data.user, data.auth))
    except WrongLoginError:
        throttle.failed(data.user, context.address, context.now)
        raise
    return SignedIn(token=to_text(done.token), account=translate.account(done.account))


@post("/logout", operation_id="logout", status_code=HTTP_204_NO_CONTENT, responses=SIGNED_IN)
async def logout(
    request: Request[Any, Any, Any],
    service: NamedDependency[Service],
    context: NamedDependency[Context],
) -> None:
    """Sign out; the token opens nothing any more."""
    presence = presence_of(request.user)
    await service.write(accounts.logout(context, presence.token_hash))


@post(
    "/join",
    operation_id="join",
    opt={PUBLIC: True},
    raises=[],
    responses=problems(409, 415, 422),
)
async def join(
    service: NamedDependency[Service],
    context: NamedDependency[Context],
    data: JSONBody[Join],
) -> Account:
    """Accept an invitation with the key it names; the invitation works once."""
    joining = accounts.Joining(
        token=_token(data.invitation),
        user=data.user,
        salt=data.salt,
        auth=data.auth,
        bundle=data.bundle,
    )
    return translate.account(await service.write(accounts.join(context, joining)))


@get("/me", operation_id="me", responses=SIGNED_IN)
async def me(context: NamedDependency[Context]) -> Account:
    """Return the own account."""
    return translate.account(context.person)


@get("/people", operation_id="people", responses=SIGNED_IN)
async def people(service: NamedDependency[Service], context: NamedDependency[Context]) -> People:
    """Return everybody who has joined, without sign-in names."""
    known = await service.read(lambda work: accounts.people(work, context))
    return People(people=tuple(translate.person(each) for each in known))


@get("/desk", operation_id="desk", responses=problems(401, 403, 422))
async def desk(service: NamedDependency[Service], context: NamedDependency[Context]) -> Desk:
    """Return whom a new case is to be sealed for."""
    known = await service.read(lambda work: intake.desk(work, context))
    return Desk(roster=known.roster, on_duty=known.on_duty, bundles=known.bundles)


@get("/openapi.json", operation_id="openapi", opt={PUBLIC: True}, include_in_schema=False)
async def openapi(request: Request[Any, Any, Any]) -> dict[str, Any]:
    """Return the description of this API (OpenAPI 3.1)."""
    return request.app.openapi_schema.to_schema()


def _token(text: str) -> bytes:
    try:
        return from_text(text)
    except ValueError:
        return b""
