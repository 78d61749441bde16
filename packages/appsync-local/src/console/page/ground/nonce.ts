/** Dialogs and menus add style elements; Radix's find the nonce that the page's policy requires in this variable, React Aria's in the meta element. */
const meta = document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]');
Object.assign(globalThis, { __webpack_nonce__: meta?.content });
