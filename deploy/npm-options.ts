import { DeployFailure } from './deploy-failure.ts';

/**
 * npm keeps the options before `--` for itself and runs the command without them, so that `npm run deploy --stage=prod` would deploy dev.
 * It leaves them in the environment (npm's docs, "config": `npm_config_…`); its own `-c` is `--call`.
 * @param names of the command's options, without dashes
 * @throws DeployFailure that says where they belong
 */
export function refuseNpmOptions(
  names: readonly string[],
  env: Readonly<Record<string, string | undefined>> = process.env,
): void {
  const script = env['npm_lifecycle_event'] ?? 'SCRIPT';
  const kept = names.filter((name) => env[`npm_config_${name.replaceAll('-', '_')}`] !== undefined);
  const [option] = [
    ...kept.map((name) => `--${name}`),
    ...(env['npm_config_call']?.includes('=') ? [`-c ${env['npm_config_call']}`] : []),
  ];
  if (option !== undefined) {
    throw new DeployFailure(
      `npm took ${option} for an option of its own: write -- before it, npm run ${script} -- ${option}${option.includes(' ') ? '' : ' …'}`,
    );
  }
}
