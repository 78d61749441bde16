import { useEffect, useState, useSyncExternalStore } from 'react';

export type ThemeChoice = 'system' | 'light' | 'dark';

export const THEMES: readonly ThemeChoice[] = ['system', 'light', 'dark'];

const REMEMBERED = 'console-theme';
const DARK = matchMedia('(prefers-color-scheme: dark)');

function subscribe(listener: () => void): () => void {
  DARK.addEventListener('change', listener);
  return () => DARK.removeEventListener('change', listener);
}

/** The chosen theme, remembered for all APIs, and the one in use, which the style sheet sees as `data-theme`. */
export function useTheme() {
  const [choice, setChoice] = useState<ThemeChoice>(
    () => THEMES.find((one) => one === localStorage.getItem(REMEMBERED)) ?? 'system',
  );
  const isSystemDark = useSyncExternalStore(subscribe, () => DARK.matches);
  const theme: 'light' | 'dark' = choice === 'system' ? (isSystemDark ? 'dark' : 'light') : choice;
  useEffect(() => {
    localStorage.setItem(REMEMBERED, choice);
    document.documentElement.dataset['theme'] = theme;
  }, [choice, theme]);
  return { choice, setChoice, theme };
}
