// GraphiQL's menus add style elements; through this variable they find the nonce that the page's policy requires.
globalThis.__webpack_nonce__ = document.querySelector('meta[name="style-nonce"]').content;
