import type { MemoryRequestInit } from '../http/memory-request.ts';
import type { LocalOptions } from '../start/local-options.ts';
import type { AuthenticationType } from '../template/app-model.ts';
import type { Server } from './library.types.ts';

/** The options for the thread of a server. */
export type ThreadData = Omit<LocalOptions, 'awsCredentials'>;

/** The description of a started server. */
export interface Started extends Pick<
  Server,
  'url' | 'realtimeUrl' | 'consoleUrl' | 'dynamodbUrl' | 'apiKey' | 'credentials' | 'region' | 'notes'
> {
  /** The default one first. */
  modes: AuthenticationType[];
}

/** To the thread. */
export type ToServer =
  | { kind: 'request'; id: number; init: MemoryRequestInit; sign: boolean }
  | { kind: 'close' };

export interface Answer {
  status: number;
  body: string;
}

/** From the thread, which ends by itself after `refused`, `failed` and the answer to `close`. */
export type FromServer =
  | { kind: 'started'; started: Started }
  /** It does not start, for reasons that people can act on. */
  | { kind: 'refused'; reasons: readonly string[] }
  /** It cannot continue. */
  | { kind: 'failed'; reason: string }
  | { kind: 'line'; line: string }
  | { kind: 'answer'; id: number; answer: Answer };
