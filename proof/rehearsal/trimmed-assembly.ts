import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Template {
  Outputs?: Record<string, { Value: unknown }>;
}

/** Attributes that the template uses, AWS has, and MiniStack 1.5.33 has not. */
const LACKED = ['RealtimeUrl'];

/**
 * Takes out of an assembly the outputs that MiniStack cannot resolve; it would roll the whole stack back.
 * @returns their names
 */
export function trimAssembly(directory: string): string[] {
  const file = join(directory, 'Items.template.json');
  const template = JSON.parse(readFileSync(file, 'utf8')) as Template;
  const outputs = Object.entries(template.Outputs ?? {});
  const isLacked = (value: unknown) => LACKED.some((name) => JSON.stringify(value).includes(`"${name}"`));
  const taken = outputs.filter(([, { Value }]) => isLacked(Value)).map(([name]) => name);
  template.Outputs = Object.fromEntries(outputs.filter(([name]) => !taken.includes(name)));
  writeFileSync(file, JSON.stringify(template, null, 1));
  return taken;
}
