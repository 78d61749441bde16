"""A CDK app in Python: resolvers in APPSYNC_JS, and a Lambda function in Python before one of them."""

from pathlib import Path

import aws_cdk as cdk
from aws_cdk import aws_appsync as appsync
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_lambda as lambda_

HERE = Path(__file__).parent

app = cdk.App()
stack = cdk.Stack(app, "Links")

links = dynamodb.TableV2(
    stack,
    "Links",
    partition_key=dynamodb.Attribute(name="code", type=dynamodb.AttributeType.STRING),
)
api = appsync.GraphqlApi(
    stack,
    "Api",
    name="links",
    definition=appsync.Definition.from_file(str(HERE / "schema.graphql")),
)
shorten = lambda_.Function(
    stack,
    "Shorten",
    runtime=lambda_.Runtime.PYTHON_3_13,
    handler="index.handler",
    code=lambda_.Code.from_asset(str(HERE / "shorten")),
    environment={"CODE_LENGTH": "7"},
)

table = api.add_dynamo_db_data_source("LinksTable", links)
RUNTIME = appsync.FunctionRuntime.JS_1_0_0


def code_of(name: str) -> appsync.Code:
    return appsync.Code.from_asset(str(HERE / "resolvers" / f"{name}.js"))


for type_name, field in [("Query", "link"), ("Mutation", "visit")]:
    table.create_resolver(
        f"{type_name}.{field}",
        type_name=type_name,
        field_name=field,
        runtime=RUNTIME,
        code=code_of(field),
    )

make_code = api.add_lambda_data_source("ShortenFunction", shorten).create_function(
    "MakeCode", name="makeCode", runtime=RUNTIME, code=code_of("makeCode")
)
save_link = table.create_function("SaveLink", name="saveLink", runtime=RUNTIME, code=code_of("saveLink"))
api.create_resolver(
    "Mutation.shorten",
    type_name="Mutation",
    field_name="shorten",
    runtime=RUNTIME,
    code=code_of("shorten"),
    pipeline_config=[make_code, save_link],
)

app.synth()
