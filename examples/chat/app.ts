import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { App, Duration, RemovalPolicy, Stack, type StackProps, Stage } from 'aws-cdk-lib';
import { AuthorizationType, Code, Definition, FunctionRuntime, GraphqlApi } from 'aws-cdk-lib/aws-appsync';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { buildSync } from 'esbuild';

const resolvers = join(import.meta.dirname, 'resolvers');

/** Nothing is stored: who listens hears. Users come from a pool, machines by IAM; there is no API key. */
class Chat extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & { title: string }) {
    super(scope, id, props);
    const userPool = new UserPool(this, 'People', {
      selfSignUpEnabled: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    userPool.addClient('WebApp', { accessTokenValidity: Duration.hours(1) });
    const api = new GraphqlApi(this, 'ChatApi', {
      name: props.title,
      definition: Definition.fromFile(join(import.meta.dirname, 'schema.graphql')),
      authorizationConfig: {
        defaultAuthorization: {
          authorizationType: AuthorizationType.USER_POOL,
          userPoolConfig: { userPool },
        },
        additionalAuthorizationModes: [{ authorizationType: AuthorizationType.IAM }],
      },
    });
    const nothing = api.addNoneDataSource('Nothing');
    for (const file of readdirSync(resolvers)) {
      const [typeName = '', fieldName = ''] = file.split('.');
      nothing.createResolver(`${typeName}${fieldName}`, {
        typeName,
        fieldName,
        runtime: FunctionRuntime.JS_1_0_0,
        code: Code.fromInline(bundle(join(resolvers, file))),
      });
    }
  }
}

function bundle(file: string): string {
  const options = { format: 'esm', target: 'es2022', platform: 'node', sourcemap: 'inline' } as const;
  const built = buildSync({
    ...options,
    entryPoints: [file],
    bundle: true,
    write: false,
    external: ['@aws-appsync/utils'],
  });
  return built.outputFiles[0]!.text;
}

const app = new App();
for (const name of ['Beta', 'Live']) {
  new Chat(new Stage(app, name), 'Chat', { title: `chat-${name.toLowerCase()}` });
}
app.synth();
