import { parseArgs as parse, type ParseArgsConfig } from 'node:util';

/** Options of a program that people start as an npm script. @throws Error with one sentence that says what is wrong */
export function parseArgs<Config extends ParseArgsConfig>(config: Config): ReturnType<typeof parse<Config>> {
  const taken = takenByNpm(Object.keys(config.options ?? {}));
  if (taken !== undefined) {
    throw new Error(taken);
  }
  try {
    return parse(config);
  } catch (error) {
    throw new Error((error as Error).message.split(/\.\s|\n/)[0], { cause: error });
  }
}

/**
 * npm keeps the options before `--` for itself and runs the command without them, so that `npm run deploy --stage=prod` would deploy dev,
 * and `npm run eject demo --dry-run` would remove the demo. It leaves them in the environment (npm's docs, "config": `npm_config_…`); its own
 * `-c` is `--call`.
 * @param names of the command's options, without dashes
 * @returns where the option belongs; undefined when npm took none of them
 */
export function takenByNpm(
  names: readonly string[],
  env: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  const script = env['npm_lifecycle_event'] ?? 'SCRIPT';
  const kept = names.filter((name) => env[`npm_config_${name.replaceAll('-', '_')}`] !== undefined);
  const [option] = [
    ...kept.map((name) => `--${name}`),
    ...(env['npm_config_call']?.includes('=') ? [`-c ${env['npm_config_call']}`] : []),
  ];
  return option === undefined
    ? undefined
    : `npm took ${option} for an option of its own: write -- before it, npm run ${script} -- ${option}${option.includes(' ') ? '' : ' …'}`;
}
