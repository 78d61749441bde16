/**
 * What GraphiQL 4.1 does that assistive technology cannot use, mended where it is bundled; it gets no new versions, and GraphiQL 5 needs the
 * Monaco editor (docs/adr/0034-one-page-with-rooms.md). A mend that no longer fits ends the build.
 */
import { readFileSync } from 'node:fs';

/** File → texts and what replaces each of them; each occurs as often as it says. */
const MENDS = {
  // A tab of GraphiQL holds two buttons, which a `tab` must not (axe: nested-interactive). A list with buttons it is.
  '@graphiql/react/dist/ui/tabs.js': [
    ['"aria-selected": isActive, role: "tab", ', '"aria-current": isActive ? "true" : void 0, ', 1],
    ['role: "tablist", ', '', 1],
  ],
  // A name that is not what people see (axe: label-content-name-mismatch).
  '@graphiql/plugin-history/dist/components.js': [['"aria-label": "Set active", ', '', 1]],
};

/** The fonts that GraphiQL's style sheet contains, 330 kB; the page uses the system's. */
const FONT = /@font-face \{[^}]*\}\n/g;

export const mends = {
  name: 'mends',
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]@graphiql[/\\].*\.js$/ }, ({ path }) => {
      const found = Object.entries(MENDS).find(([file]) => path.replaceAll('\\', '/').endsWith(file));
      return found ? { contents: mended(path, found[1]), loader: 'js' } : undefined;
    });
    onLoad({ filter: /[/\\]graphiql[/\\]dist[/\\]style\.css$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace(FONT, ''),
      loader: 'css',
    }));
  },
};

function mended(path, texts) {
  return texts.reduce(
    (contents, [from, to, times]) => {
      const parts = contents.split(from);
      if (parts.length !== times + 1) {
        throw new Error(`${path} has ${parts.length - 1} times ${from}, not ${times}: see build/mends.mjs`);
      }
      return parts.join(to);
    },
    readFileSync(path, 'utf8'),
  );
}
