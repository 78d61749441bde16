import { useEffect } from 'react';

export interface Shortcut {
  /** As people read it. */
  keys: string;
  title: string;
  /** Of `KeyboardEvent`, pressed with Alt and Shift; missing for what others handle. */
  code?: string;
  run?: () => void;
}

/**
 * Alt and Shift with a key: neither browsers nor CodeMirror use it, and no text is typed with it. The key is known by its place,
 * since Alt changes the characters on a Mac.
 */
export function useShortcuts(shortcuts: Shortcut[]): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const isOurs = event.altKey && event.shiftKey && !event.ctrlKey && !event.metaKey;
      const shortcut = isOurs ? shortcuts.find(({ code }) => code === event.code) : undefined;
      if (shortcut?.run) {
        event.preventDefault();
        event.stopPropagation();
        shortcut.run();
      }
    };
    addEventListener('keydown', pressed, { capture: true });
    return () => removeEventListener('keydown', pressed, { capture: true });
  }, [shortcuts]);
}

/** What GraphiQL and its editors handle. */
export const OTHER_KEYS: Shortcut[] = [
  { keys: 'Ctrl Enter', title: 'Run the operation' },
  { keys: 'Escape, then Tab', title: 'Leave an editor (Escape, then Shift Tab goes back)' },
  { keys: 'Ctrl Space', title: 'Complete a word' },
  { keys: 'Shift Ctrl P', title: 'Prettify the operation' },
  { keys: 'Shift Ctrl C', title: 'Copy the operation' },
  { keys: 'Ctrl F', title: 'Search in an editor' },
  { keys: '← →', title: 'Go from tab to tab' },
];
