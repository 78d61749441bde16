// GraphiQL's menus add style elements; by this name they find the nonce that the page's policy asks for.
globalThis.__webpack_nonce__ = document.querySelector('meta[name="style-nonce"]').content;
