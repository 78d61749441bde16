// AppSync's links for Apollo Client use Node's Buffer: `npm install buffer`, and import this file first.
import { Buffer } from 'buffer';

Object.assign(globalThis, { Buffer });
