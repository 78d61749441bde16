import { resources, statements, type Template } from './template.ts';

/** A mistake as an edit of `infra/` might make it, planted in the finished template. */
export interface Fault {
  says: string;
  plant(template: Template): void;
}

/** Plants do nothing in a template that lacks their resource: a stage of development has no alarms. */
export const FAULTS: Readonly<Record<string, Fault>> = {
  'key-undefined': {
    says: "the items table's key is an attribute that is not defined",
    plant: (template) =>
      resources(template, 'AWS::DynamoDB::GlobalTable', 'DataItems').forEach(({ Properties }) => {
        Properties.KeySchema[0].AttributeName = 'ident';
      }),
  },
  'index-key-other': {
    says: 'the index `byOwner` has `kind` as its key',
    plant: (template) =>
      resources(template, 'AWS::DynamoDB::GlobalTable', 'DataItems').forEach(({ Properties }) => {
        Properties.GlobalSecondaryIndexes[0].KeySchema[0].AttributeName = 'kind';
        Properties.AttributeDefinitions = Properties.AttributeDefinitions.filter(
          ({ AttributeName }: { AttributeName: string }) => AttributeName !== 'owner',
        );
      }),
  },
  'expiry-misspelt': {
    says: 'items expire by `expiresat`, which no item has',
    plant: (template) =>
      resources(template, 'AWS::DynamoDB::GlobalTable', 'DataItems').forEach(({ Properties }) => {
        Properties.TimeToLiveSpecification.AttributeName = 'expiresat';
      }),
  },
  'no-recovery': {
    says: 'the constraints table cannot be restored',
    plant: (template) =>
      resources(template, 'AWS::DynamoDB::GlobalTable', 'DataConstraints').forEach(({ Properties }) => {
        Properties.Replicas[0].PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled = false;
      }),
  },
  'data-deleted': {
    says: 'the items table goes with the stack in production',
    plant: (template) =>
      resources(template, 'AWS::DynamoDB::GlobalTable', 'DataItems').forEach((table) => {
        table.DeletionPolicy = 'Delete';
      }),
  },
  // part: change-feed
  'images-missing': {
    says: 'the stream has keys only',
    plant: (template) =>
      resources(template, 'AWS::DynamoDB::GlobalTable', 'DataItems').forEach(({ Properties }) => {
        Properties.StreamSpecification = { StreamViewType: 'KEYS_ONLY' };
      }),
  },
  'stream-from-now': {
    says: 'the publisher starts at the newest record',
    plant: (template) =>
      resources(template, 'AWS::Lambda::EventSourceMapping').forEach(({ Properties }) => {
        Properties.StartingPosition = 'LATEST';
      }),
  },
  'failures-lost': {
    says: 'records that the publisher drops are not kept',
    plant: (template) =>
      resources(template, 'AWS::Lambda::EventSourceMapping').forEach(({ Properties }) => {
        delete Properties.DestinationConfig;
      }),
  },
  // end: change-feed
  // part: validated-items
  'action-wildcard': {
    says: 'the validating function may do everything to the items table',
    plant: (template) =>
      statements(template, 'PutValidatedItemRole')
        .filter(({ Action }) => JSON.stringify(Action).includes('dynamodb:GetItem'))
        .forEach((statement) => {
          statement.Action = 'dynamodb:*';
        }),
  },
  // end: validated-items
  'resource-wildcard': {
    says: 'the data source `Items` may query every table',
    plant: (template) =>
      statements(template, 'ItemsApiItemsSource')
        .filter(({ Action }) => Action === 'dynamodb:Query')
        .forEach((statement) => {
          statement.Resource = '*';
        }),
  },
  'grant-missing': {
    says: 'the data source `Items` may not query its indexes',
    plant: (template) =>
      resources(template, 'AWS::IAM::Policy', 'ItemsApiItemsSource').forEach(({ Properties }) => {
        Properties.PolicyDocument.Statement = Properties.PolicyDocument.Statement.filter(
          ({ Action }: { Action: unknown }) => Action !== 'dynamodb:Query',
        );
      }),
  },
  'attribute-misspelt': {
    says: 'an output asks for the attribute `GraphQLURL`',
    plant: ({ Outputs }) => {
      const [name] = Object.entries(Outputs ?? {}).find(([id]) => id === 'GraphQLUrl') ?? [];
      if (name) {
        Outputs![name] = JSON.parse(JSON.stringify(Outputs![name]).replace('"GraphQLUrl"', '"GraphQLURL"'));
      }
    },
  },
  'source-unknown': {
    says: 'a resolver names a data source that does not exist',
    plant: (template) =>
      resources(template, 'AWS::AppSync::Resolver')
        .filter(({ Properties }) => Properties.DataSourceName)
        .slice(0, 1)
        .forEach(({ Properties }) => {
          Properties.DataSourceName = 'Itmes';
        }),
  },
  'code-refused': {
    says: 'a resolver counts in a `for` loop, which APPSYNC_JS does not have',
    plant: (template) =>
      resources(template, 'AWS::AppSync::Resolver')
        .slice(0, 1)
        .forEach(({ Properties }) => {
          Properties.Code += '\nfor (let i = 0; i < 2; i++) {}\n';
        }),
  },
  // part: validated-items
  'runtime-ended': {
    says: 'the validating function runs on Node.js 16',
    plant: (template) =>
      resources(template, 'AWS::Lambda::Function', 'PutValidatedItem').forEach(({ Properties }) => {
        Properties.Runtime = 'nodejs16.x';
      }),
  },
  'variable-missing': {
    says: 'the validating function does not know its table of constraints',
    plant: (template) =>
      resources(template, 'AWS::Lambda::Function', 'PutValidatedItem').forEach(({ Properties }) => {
        delete Properties.Environment.Variables.CONSTRAINTS_TABLE;
      }),
  },
  // end: validated-items
  'users-locked-out': {
    says: 'the API accepts no tokens of the user pool',
    plant: (template) =>
      resources(template, 'AWS::AppSync::GraphQLApi').forEach(({ Properties }) => {
        Properties.AdditionalAuthenticationProviders.pop();
      }),
  },
  'payloads-logged': {
    says: 'production logs the context of every field',
    plant: (template) =>
      resources(template, 'AWS::AppSync::GraphQLApi').forEach(({ Properties }) => {
        Object.assign(Properties.LogConfig, { FieldLogLevel: 'ALL', ExcludeVerboseContent: false });
      }),
  },
  'alarm-elsewhere': {
    says: 'the alarm on throttled writes of an index watches its table',
    plant: (template) =>
      resources(template, 'AWS::CloudWatch::Alarm', 'MonitoringAlarmswritethrottlesitemsbyOwner').forEach(
        ({ Properties }) => {
          Properties.Dimensions = Properties.Dimensions.filter(
            ({ Name }: { Name: string }) => Name === 'TableName',
          );
        },
      ),
  },
  'password-sent': {
    says: 'users may sign in with their password in the clear, and passwords have six characters',
    plant: (template) => {
      resources(template, 'AWS::Cognito::UserPoolClient').forEach(({ Properties }) => {
        Properties.ExplicitAuthFlows.push('ALLOW_USER_PASSWORD_AUTH');
      });
      resources(template, 'AWS::Cognito::UserPool').forEach(({ Properties }) => {
        Properties.Policies.PasswordPolicy.MinimumLength = 6;
      });
    },
  },
};
