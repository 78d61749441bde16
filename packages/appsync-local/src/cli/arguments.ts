import { parseArgs as parse, type ParseArgsConfig } from 'node:util';

/** Options of a command. @throws an error of Node.js for those it does not know, and one of the same kind for those that npm kept */
export function parseArgs<Config extends ParseArgsConfig>(config: Config): ReturnType<typeof parse<Config>> {
  refuseTakenByNpm(Object.keys(config.options ?? {}), process.env);
  return parse(config);
}

/**
 * npm keeps the options before `--` for itself and runs the script without them: `npm start --memory` would keep data. It leaves them in the
 * environment (npm's docs, "config": `npm_config_…`).
 */
function refuseTakenByNpm(names: readonly string[], environment: NodeJS.ProcessEnv): void {
  const script = environment.npm_lifecycle_event;
  const taken = names.find((name) => environment[`npm_config_${name.replaceAll('-', '_')}`] !== undefined);
  // Of `npx --port 1 appsync-local`, what comes before the program's name is meant for npx.
  if (taken !== undefined && script !== undefined && script !== 'npx') {
    throw Object.assign(
      new Error(
        `npm took --${taken} for an option of its own: write -- before it, npm run ${script} -- --${taken} …`,
      ),
      { code: 'ERR_PARSE_ARGS_TAKEN_BY_NPM' },
    );
  }
}
