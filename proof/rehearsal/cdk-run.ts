import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { ProofFailure } from '../proof-failure.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const CLI = fileURLToPath(new URL('../../node_modules/aws-cdk/bin/cdk', import.meta.url));
const TAIL = 3000;

// The SDK's advice about Node.js versions has no bearing on a rehearsal.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

/** The CDK CLI with an emulator in the place of AWS. What it prints is shown when it fails. */
export class CdkRun {
  private readonly url: string;
  private readonly assembly: string;

  constructor(url: string, assembly: string) {
    this.url = url;
    this.assembly = assembly;
  }

  /** The checks of the template are part of `npm run synth`. @param settings `-c key=value` */
  synth(settings: string[]): Promise<void> {
    return this.run(['synth', '--quiet', '--output', this.assembly, ...settings], {
      CDK_VALIDATION: 'false',
    });
  }

  bootstrap(): Promise<void> {
    return this.run(['bootstrap', 'aws://000000000000/us-east-1', ...this.app]);
  }

  deploy(): Promise<void> {
    return this.run(['deploy', '--require-approval', 'never', ...this.app]);
  }

  /** @param mapping a file with the identifiers of the resources, by logical id */
  import(mapping: string): Promise<void> {
    return this.run(['import', '--resource-mapping', mapping, '--force', ...this.app]);
  }

  expectNoChange(): Promise<void> {
    return this.run(['diff', '--fail', ...this.app]);
  }

  destroy(): Promise<void> {
    return this.run(['destroy', '--force', ...this.app]);
  }

  /** @throws ProofFailure with the tables that outlived the stack */
  async expectNothingLeft(): Promise<void> {
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const client = new DynamoDBClient({ endpoint: this.url, region: 'us-east-1', credentials });
    const { TableNames = [] } = await client.send(new ListTablesCommand({}));
    client.destroy();
    if (TableNames.length > 0) {
      throw new ProofFailure(`tables ${TableNames.join(', ')} are`);
    }
  }

  private get app(): string[] {
    return ['--app', this.assembly];
  }

  private run(args: string[], env: Record<string, string> = {}): Promise<void> {
    return this.node([CLI, ...args], `cdk ${args[0]}`, env);
  }

  /** Runs a program of this project against the emulator. */
  node(args: string[], called: string, env: Record<string, string> = {}): Promise<void> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, args, {
        cwd: root,
        env: { ...process.env, ...this.environment, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let printed = '';
      const collect = (data: Buffer) => (printed = `${printed}${data.toString()}`.slice(-TAIL));
      child.stdout.on('data', collect);
      child.stderr.on('data', collect);
      child.on('error', reject);
      child.on('close', (code) =>
        code === 0
          ? resolve()
          : reject(new ProofFailure(`${called} ended with ${code ?? 'a signal'}:\n${printed.trim()}`)),
      );
    });
  }

  /** No credentials of this machine reach the emulator, and no call leaves it. */
  private get environment(): Record<string, string> {
    return {
      AWS_ENDPOINT_URL: this.url,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_SESSION_TOKEN: '',
      AWS_PROFILE: '',
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_EC2_METADATA_DISABLED: 'true',
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      CDK_DISABLE_VERSION_CHECK: 'true',
      CI: 'true',
    };
  }
}
