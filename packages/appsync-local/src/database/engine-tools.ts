import { randomBytes } from 'node:crypto';

/** The engine's tool interface, for tasks that DynamoDB's API has no operation for. */
export interface EngineTools {
  arguments: string[];
  environment: Record<string, string>;
  readyText: string;
  /** Removes every item past its time to live, with AWS's stream records. @returns how many. */
  sweepExpiredItems(): Promise<number>;
}

/**
 * The tools listen on loopback and require a bearer token that only this server knows: web pages and other users' programs on
 * this machine can reach the port too.
 */
export function createEngineTools(port: number): EngineTools {
  const token = randomBytes(24).toString('hex');
  return {
    arguments: ['--mcp', '--mcp-port', String(port)],
    environment: { DYNOXIDE_MCP_AUTH_TOKEN: token },
    readyText: 'MCP HTTP server listening',
    sweepExpiredItems: async () => readCount(await callTool(port, token, 'sweep_ttl')),
  };
}

interface ToolAnswer {
  result?: { isError?: boolean; content?: { text?: string }[] };
}

/** Makes one stateless call: the engine needs no session (measured 2026-11-23). */
async function callTool(port: number, token: string, name: string): Promise<ToolAnswer> {
  const response = await fetch(`http://127.0.0.1:${port}/mcp`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      authorization: `Bearer ${token}`,
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: {} } }),
  });
  if (!response.ok) {
    throw new Error(`the engine's tool ${name} answered with status ${response.status}`);
  }
  return (await response.json()) as ToolAnswer;
}

function readCount({ result }: ToolAnswer): number {
  const text = result?.content?.[0]?.text ?? '';
  if (result?.isError !== false) {
    throw new Error(`the engine could not remove expired items: ${text}`);
  }
  return (JSON.parse(text) as { items_deleted: number }).items_deleted;
}
