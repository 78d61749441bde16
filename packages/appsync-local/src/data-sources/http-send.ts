/** A module of its own, so that what is loaded late keeps its named exports also in a bundle. */
export { request as send } from 'undici';
