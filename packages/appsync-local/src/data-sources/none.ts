import { isRecord } from '../ground/record.ts';
import type { DataSourceModel } from '../template/app-model.ts';
import { answered } from './data-source.ts';
import type { DataSource } from './data-source.ts';

/**
 * Creates a data source that passes `payload` from the request handler to the response handler. A request without a payload
 * returns null; a scalar request returns itself (docs/facts/data-sources.md#none).
 */
export function createNoneDataSource(model: DataSourceModel & { type: 'NONE' }): DataSource {
  return {
    name: model.name,
    type: 'NONE',
    invoke: (request) => Promise.resolve(answered(payloadOf(request))),
  };
}

function payloadOf(request: unknown): unknown {
  if (isRecord(request)) {
    return request['payload'] ?? null;
  }
  return typeof request === 'object' ? null : (request ?? null);
}
