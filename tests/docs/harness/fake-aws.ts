import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JSONObject } from '@aws-lambda-powertools/commons/types';
import { search } from '@aws-lambda-powertools/jmespath';

/** What a command answers, before its `--query`. @throws Error with what the AWS CLI would complain of */
export type Command = (options: Record<string, string>) => JSONObject | void | Promise<JSONObject>;

/** `cognito-idp admin-create-user` and the like, with the options that each takes, beside `--query` and `--output`. */
export type Commands = Record<string, { options: string[]; run: Command }>;

/** An `aws` for scripts to find on their PATH, in place of the AWS CLI. */
export interface FakeAws {
  /** The environment of a script: `aws` is the first on the PATH. */
  environment: NodeJS.ProcessEnv;
  close(): void;
}

/** Starts it. A command or option that is not among the known ones ends with an error, as the AWS CLI's does. */
export async function fakeAws(commands: Commands): Promise<FakeAws> {
  const folder = mkdtempSync(join(tmpdir(), 'fake-aws-'));
  const server = createServer((request, response) => {
    void argumentsOf(request)
      .then(async (words) => response.end(await answer(commands, words)))
      .catch((error: Error) => response.writeHead(400).end(`${error.message}\n`));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const script = `#!/bin/sh\nprintf '%s\\0' "$@" | curl -s --fail-with-body --data-binary @- ${url}\n`;
  writeFileSync(join(folder, 'aws'), script, { mode: 0o755 });
  return {
    environment: { ...process.env, PATH: `${folder}:${process.env.PATH}` },
    close() {
      server.close();
      rmSync(folder, { recursive: true });
    },
  };
}

async function argumentsOf(request: IncomingMessage): Promise<string[]> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString().split('\0').slice(0, -1);
}

async function answer(commands: Commands, [service, operation, ...words]: string[]): Promise<string> {
  const name = `${service} ${operation}`;
  const command = commands[name];
  if (!command) {
    throw new Error(`unknown command: ${name}`);
  }
  const { query, output, ...options } = optionsOf(words, [...command.options, 'query', 'output']);
  const missing = command.options.filter((option) => !(option in options));
  if (missing.length > 0) {
    throw new Error(`${name} without --${missing.join(', --')}`);
  }
  const result = (await command.run(options)) ?? {};
  const selected: unknown = query === undefined ? result : search(query, result);
  return output === 'text' ? `${textOf(selected)}\n` : JSON.stringify(selected);
}

/** `--name value`, and `--name` alone. */
function optionsOf(words: string[], known: string[]): Record<string, string> {
  const options: Record<string, string> = {};
  for (let at = 0; at < words.length; at += 1) {
    const name = /^--(.+)/.exec(words[at]!)?.[1];
    if (name === undefined || !known.includes(name)) {
      throw new Error(`Unknown options: ${words[at]}`);
    }
    const value = words[at + 1];
    const alone = value === undefined || value.startsWith('--');
    options[name] = alone ? '' : value;
    if (!alone) {
      at += 1;
    }
  }
  return options;
}

/** As `--output text` prints it: nothing is `None`, a list is separated by tabs. */
const textOf = (value: unknown): string =>
  value === null ? 'None' : Array.isArray(value) ? value.map(textOf).join('\t') : String(value);
