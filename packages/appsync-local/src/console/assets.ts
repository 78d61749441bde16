import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Handle, HttpRequest, HttpResponse } from '../http/message.ts';

interface Asset {
  etag: string;
  type: string;
  plain: Buffer;
  gzipped: Buffer;
}

const compressed = promisify(gzip);

/** Serves `/console/<file>`, each file read and compressed once. @param find the folder of the built page */
export function createAssets(find: () => Promise<string>, headers: Record<string, string>): Handle {
  const loaded = new Map<string, Promise<Asset>>();

  return async (request) => {
    const file = fileOf(await find(), request.path);
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
function fileOf(folder: string, path: string): string | undefined {
  const name = /^\/console\/([\w-]+\.(?:js|css))$/.exec(path)?.[1];
  return name === undefined ? undefined : join(folder, name);
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
