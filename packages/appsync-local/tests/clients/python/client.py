"""An application on gql, as its documentation has it: `client.py HTTP_URL CALLERS`, where CALLERS is a JSON list of {mode, secret,
realtimeUrl, put, get, subscription, input, variables}; secret is the API key, [access key, secret key] for iam, else a token. For each
caller it subscribes, writes an item and reads it. It prints a JSON list of {put, get, received}, or {error} for a caller who is refused."""

import asyncio
import json
import logging
import sys
from urllib.parse import urlparse

from botocore.credentials import Credentials
from gql import Client, gql
from gql.transport.aiohttp import AIOHTTPTransport
from gql.transport.appsync_auth import (
    AppSyncApiKeyAuthentication,
    AppSyncIAMAuthentication,
    AppSyncJWTAuthentication,
)
from gql.transport.appsync_websockets import AppSyncWebsocketsTransport
from gql.transport.exceptions import TransportError

_, http_url, callers = sys.argv
HOST = urlparse(http_url).netloc
PATIENCE_SECONDS = 45


def auth_of(mode, secret):
    if mode == "apiKey":
        return AppSyncApiKeyAuthentication(host=HOST, api_key=secret)
    if mode == "iam":
        return AppSyncIAMAuthentication(host=HOST, region_name="us-east-1", credentials=Credentials(*secret))
    return AppSyncJWTAuthentication(host=HOST, jwt=secret)


class Acknowledgement(logging.Handler):
    """gql tells nobody but its log when a subscription has been acknowledged."""

    def __init__(self):
        super().__init__()
        self.received = asyncio.Event()

    def emit(self, record):
        if "start_ack" in record.getMessage():
            self.received.set()


async def answers_of(caller):
    auth = auth_of(caller["mode"], caller["secret"])
    variables = caller["variables"]
    acknowledgement = Acknowledgement()
    log = logging.getLogger("gql.transport.common.base")
    log.setLevel(logging.DEBUG)
    log.propagate = False
    log.addHandler(acknowledgement)
    try:
        async with Client(transport=AppSyncWebsocketsTransport(url=caller["realtimeUrl"], auth=auth)) as realtime:

            async def first_event():
                async for event in realtime.subscribe(gql(caller["subscription"]), variable_values=variables):
                    return event

            received = asyncio.create_task(first_event())
            await acknowledgement.received.wait()
            async with Client(transport=AIOHTTPTransport(url=http_url, auth=auth)) as http:
                put = await http.execute(gql(caller["put"]), variable_values={"input": caller["input"]})
                get = await http.execute(gql(caller["get"]), variable_values=variables)
            return {"put": put, "get": get, "received": await received}
    except TransportError as error:
        return {"error": str(error)}
    finally:
        log.removeHandler(acknowledgement)


async def main():
    answers = [await asyncio.wait_for(answers_of(caller), PATIENCE_SECONDS) for caller in json.loads(callers)]
    print(json.dumps(answers))


asyncio.run(main())
