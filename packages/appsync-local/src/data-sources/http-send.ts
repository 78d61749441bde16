/** A separate module, so that a bundle keeps the named exports of what is loaded on demand. */
export { request as send } from 'undici';
