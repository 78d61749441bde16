/* Calls of the deployed stage that no client of the AWS SDK is installed for: Lambda and CloudWatch Logs. */

/** MiniStack takes the account and region from here, and verifies no signature. */
const AUTHORIZATION = (service: string) =>
  `AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;

export class StageCalls {
  private readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  /** @returns what the Lambda function answers */
  async invoke(functionName: string, event: unknown): Promise<unknown> {
    const response = await fetch(`${this.url}/2015-03-31/functions/${functionName}/invocations`, {
      method: 'POST',
      headers: { authorization: AUTHORIZATION('lambda') },
      body: JSON.stringify(event),
    });
    return response.json();
  }

  /** Every message of a log group, in order. */
  async log(logGroupName: string): Promise<string[]> {
    const { events } = (await this.call('logs', 'Logs_20140328.FilterLogEvents', { logGroupName })) as {
      events: { message: string }[];
    };
    return events.map(({ message }) => message);
  }

  async items(TableName: string): Promise<Record<string, { S?: string }>[]> {
    const { Items } = (await this.call('dynamodb', 'DynamoDB_20120810.Scan', { TableName })) as {
      Items: Record<string, { S?: string }>[];
    };
    return Items;
  }

  async tables(): Promise<string[]> {
    const { TableNames } = (await this.call('dynamodb', 'DynamoDB_20120810.ListTables', {})) as {
      TableNames: string[];
    };
    return TableNames;
  }

  async put(TableName: string, Item: object): Promise<void> {
    await this.call('dynamodb', 'DynamoDB_20120810.PutItem', { TableName, Item });
  }

  /** Turns point-in-time recovery on, which MiniStack 1.5.33 does not read in the template of a GlobalTable. */
  async recoverable(TableName: string): Promise<void> {
    await this.call('dynamodb', 'DynamoDB_20120810.UpdateContinuousBackups', {
      TableName,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
  }

  /** Lets the stack be deleted. */
  async unprotect(stackName: string): Promise<void> {
    await this.cloudFormation({
      Action: 'UpdateTerminationProtection',
      StackName: stackName,
      EnableTerminationProtection: 'false',
    });
  }

  /** Physical names of a stack's resources, by logical id. */
  async resources(stackName: string): Promise<Map<string, string>> {
    const text = await this.cloudFormation({ Action: 'DescribeStackResources', StackName: stackName });
    const found = text.matchAll(/<member>([\s\S]*?)<\/member>/g);
    const valueOf = (member: string, name: string) =>
      new RegExp(`<${name}>([^<]*)</${name}>`).exec(member)?.[1] ?? '';
    return new Map(
      [...found].map(([, member]) => [
        valueOf(member!, 'LogicalResourceId'),
        valueOf(member!, 'PhysicalResourceId'),
      ]),
    );
  }

  private async cloudFormation(parameters: Record<string, string>): Promise<string> {
    const response = await fetch(this.url, {
      method: 'POST',
      headers: {
        authorization: AUTHORIZATION('cloudformation'),
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ Version: '2010-05-15', ...parameters }),
    });
    return response.text();
  }

  private async call(service: string, target: string, body: unknown): Promise<unknown> {
    const type = service === 'dynamodb' ? 'application/x-amz-json-1.0' : 'application/x-amz-json-1.1';
    const response = await fetch(this.url, {
      method: 'POST',
      headers: { authorization: AUTHORIZATION(service), 'x-amz-target': target, 'content-type': type },
      body: JSON.stringify(body),
    });
    return response.json();
  }
}
