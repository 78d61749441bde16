/** The program of a thread that type-checks code: receives texts and posts their findings. */
import { parentPort } from 'node:worker_threads';
import { typeCheckAll, warmTypeCheck } from './type-check.ts';

warmTypeCheck();
parentPort!.on('message', (texts: string[]) => parentPort!.postMessage(typeCheckAll(texts)));
