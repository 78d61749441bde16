import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Mistake } from '../infra/mistake.ts';
import { readSettings, refuseUnknown, settingsOfStage } from '../infra/settings.ts';
import { CONTEXT, KNOWN, OF_STAGES, SETTINGS } from '../infra/stage-settings.ts';
import { isAssembly } from './assembly.ts';
import { DeployFailure } from './deploy-failure.ts';
import type { Options } from './options.ts';

const CDK_JSON = fileURLToPath(new URL('../cdk.json', import.meta.url));

type Given = Pick<Options, 'context' | 'app'>;

/** The CDK context as the CDK CLI passes it on: that of `cdk.json`, and before it `-c key=value`. */
export function contextOf({ context }: Pick<Options, 'context'>): Record<string, unknown> {
  const { context: frozen } = JSON.parse(readFileSync(CDK_JSON, 'utf8')) as {
    context: Record<string, unknown>;
  };
  const given = context.map((text): [key: string, value: string] => {
    const at = text.indexOf('=');
    if (at < 1) {
      throw new DeployFailure(`-c ${text}: use key=value, such as -c stage=prod`);
    }
    return [text.slice(0, at), text.slice(at + 1)];
  });
  return { ...frozen, ...Object.fromEntries(given) };
}

/**
 * Reads the settings before the app does, which is first loaded by the synth.
 * @throws DeployFailure for unknown keys, with the nearest known one, and for wrong values, all at once; and for any that an assembly is given
 */
export function checkContext({ context, app }: Given): void {
  if (isAssembly(app) && context.length > 0) {
    throw new DeployFailure(
      `--app ${app} is made already, so ${context.join(' and ')} would change nothing: leave one of them out`,
    );
  }
  if (app !== undefined) {
    return; // Another app knows its own settings.
  }
  const all = contextOf({ context });
  const node = { tryGetContext: (key: string) => all[key] };
  const problems = [
    mistakeIn(() => refuseUnknown(all, KNOWN)),
    mistakeIn(() => readSettings(node, CONTEXT)),
    ...Object.keys(OF_STAGES).map((stage) =>
      mistakeIn(() =>
        readSettings({ tryGetContext: () => undefined }, SETTINGS, settingsOfStage(node, stage, SETTINGS)),
      ),
    ),
  ];
  const told = problems.filter((problem) => problem !== undefined);
  if (told.length > 0) {
    throw new DeployFailure(told.join('\n'));
  }
}

/** What people did wrong, in words; undefined where nothing is. */
function mistakeIn(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof Mistake) {
      return error.message;
    }
    throw error;
  }
}
