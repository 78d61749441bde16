import { startEngine } from '../../../../src/database/engine.ts';

// A server of its own process, for tests that kill it: starts an engine and says so on standard output.
const [directory] = process.argv.slice(2);
const place = directory ? { dataDirectory: directory } : ({ memory: true } as const);
const { endpoint } = await startEngine({ ...place, log: () => {} });
console.log(JSON.stringify({ endpoint }));
setInterval(() => {}, 60_000);
