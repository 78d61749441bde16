/** The program of a thread that type-checks code for the thread that started it: texts in, their findings out. */
import { parentPort } from 'node:worker_threads';
import { typeCheckAll, warmTypeCheck } from './type-check.ts';

warmTypeCheck();
parentPort!.on('message', (texts: string[]) => parentPort!.postMessage(typeCheckAll(texts)));
