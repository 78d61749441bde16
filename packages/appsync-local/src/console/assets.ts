import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { packageFile } from '../ground/package-files.ts';
import type { Handle, HttpRequest, HttpResponse } from '../http/message.ts';

export const PAGE_DIRECTORY = fileURLToPath(new URL('./page/', import.meta.url));

interface Asset {
  etag: string;
  type: string;
  plain: Buffer;
  gzipped: Buffer;
}

const compressed = promisify(gzip);

/** Browser bundles of other packages: name under `/console/vendor/` → package and file in it. */
const VENDOR: Record<string, [packageName: string, file: string]> = {
  'react.js': ['react', 'umd/react.production.min.js'],
  'react-dom.js': ['react-dom', 'umd/react-dom.production.min.js'],
  'graphiql.js': ['graphiql', 'graphiql.min.js'],
  'graphiql.css': ['graphiql', 'graphiql.min.css'],
};

/** Serves `/console/<file>` and `/console/vendor/<file>`, each read and compressed once. */
export function createAssets(headers: Record<string, string>): Handle {
  const loaded = new Map<string, Promise<Asset>>();

  return async (request) => {
    const file = fileOf(request.path);
    if (file === undefined) {
      return unknown(request.path);
    }
    const loading = loaded.get(file) ?? load(file);
    loaded.set(file, loading);
    try {
      return answer(await loading, request, headers);
    } catch (error) {
      loaded.delete(file);
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
        return unknown(request.path);
      }
      throw error;
    }
  };
}

/** The pattern keeps the path inside the page's folder. */
function fileOf(path: string): string | undefined {
  const vendor = /^\/console\/vendor\/([\w.-]+)$/.exec(path)?.[1];
  if (vendor !== undefined) {
    return Object.hasOwn(VENDOR, vendor) ? packageFile(...VENDOR[vendor]!) : undefined;
  }
  const own = /^\/console\/([\w-]+\.(?:js|css))$/.exec(path)?.[1];
  return own === undefined ? undefined : join(PAGE_DIRECTORY, own);
}

async function load(file: string): Promise<Asset> {
  const plain = await readFile(file);
  return {
    etag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`,
    type: file.endsWith('.css') ? 'text/css;charset=UTF-8' : 'text/javascript;charset=UTF-8',
    plain,
    gzipped: await compressed(plain),
  };
}

function answer(asset: Asset, { headers: asked }: HttpRequest, common: Record<string, string>): HttpResponse {
  const headers = { ...common, ETag: asset.etag, 'Cache-Control': 'no-cache', Vary: 'Accept-Encoding' };
  if (asked['if-none-match'] === asset.etag) {
    return { status: 304, headers, body: '' };
  }
  const typed = { ...headers, 'Content-Type': asset.type };
  return /\bgzip\b/.test(String(asked['accept-encoding'] ?? ''))
    ? { status: 200, headers: { ...typed, 'Content-Encoding': 'gzip' }, body: asset.gzipped }
    : { status: 200, headers: typed, body: asset.plain };
}

const unknown = (path: string): HttpResponse => ({
  status: 404,
  headers: { 'Content-Type': 'text/plain;charset=UTF-8' },
  body: `${path} is not part of the console; open / instead.`,
});
