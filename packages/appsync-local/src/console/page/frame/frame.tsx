import { Suspense, useMemo, useRef, useState } from 'react';
import { Button, Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import type { Console } from '../api/console.ts';
import { useStore } from '../ground/store.ts';
import type { Room, RoomProps } from '../parts/room.ts';
import { AppProblems } from './app-problems.tsx';
import { AuthBar } from './auth-bar.tsx';
import { Failure } from './failure.tsx';
import { KeysDialog } from './keys-dialog.tsx';
import { OTHER_KEYS, type Shortcut, useShortcuts } from './shortcuts.ts';
import { type ThemeChoice, THEMES, useTheme } from './theme.ts';
import { useRoom } from './use-room.ts';

export interface FrameProps {
  console: Console;
  rooms: readonly Room[];
}

/** The page around the rooms: their tabs, the caller, the status and the theme. */
export function Frame({ console, rooms }: FrameProps) {
  const { current, go } = useRoom(rooms);
  const { choice, setChoice, theme } = useTheme();
  const [showsKeys, setShowsKeys] = useState(false);
  const shortcuts = useMemo(
    () => [...roomShortcuts(rooms, go), ...frameShortcuts(() => setShowsKeys(true))],
    [rooms, go],
  );
  useShortcuts(shortcuts);
  return (
    <>
      <Tabs className="frame" selectedKey={current.id} onSelectionChange={(key) => go(String(key))}>
        <header className="bar">
          <h1>{console.settings.title}</h1>
          <TabList className="room-tabs" aria-label="Rooms">
            {rooms.map(({ id, title }) => (
              <Tab key={id} id={id} className="room-tab">
                {title}
              </Tab>
            ))}
          </TabList>
          <AuthBar auth={console.auth} />
          <StatusLine console={console} />
          <ThemePicker choice={choice} onChoice={setChoice} />
          <Button className="button" onPress={() => setShowsKeys(true)}>
            Keys
          </Button>
        </header>
        {console.app && <AppProblems app={console.app} />}
        <main>
          {rooms.map((room) => (
            <RoomPanel key={room.id} room={room} console={console} theme={theme} isShown={room === current} />
          ))}
        </main>
      </Tabs>
      <KeysDialog shortcuts={[...shortcuts, ...OTHER_KEYS]} isOpen={showsKeys} onOpen={setShowsKeys} />
    </>
  );
}

const roomShortcuts = (rooms: readonly Room[], go: (id: string) => void): Shortcut[] =>
  rooms.map(({ id, title }, index) => ({
    keys: `Alt Shift ${index + 1}`,
    title: `Go to ${title}`,
    code: `Digit${index + 1}`,
    run: () => go(id),
  }));

const frameShortcuts = (showKeys: () => void): Shortcut[] => [
  {
    keys: 'Alt Shift A',
    title: 'Choose the caller',
    code: 'KeyA',
    run: () => document.getElementById('call-as')?.focus(),
  },
  { keys: 'Alt Shift K', title: 'Show these keys', code: 'KeyK', run: showKeys },
];

interface RoomPanelProps extends RoomProps {
  room: Room;
}

/** A room that was opened once stays, so that nothing typed is lost and subscriptions go on. */
function RoomPanel({ room: { id, title, Content }, ...props }: RoomPanelProps) {
  const wasShown = useRef(false);
  wasShown.current ||= props.isShown;
  return (
    <TabPanel id={id} className="room" shouldForceMount>
      {wasShown.current && (
        <Failure of={title}>
          <Suspense fallback={<p className="empty">Loading…</p>}>
            <Content {...props} />
          </Suspense>
        </Failure>
      )}
    </TabPanel>
  );
}

function StatusLine({ console }: { console: Console }) {
  const { state, text } = useStore(console.status);
  return (
    <p className="status" id="status" role="status" data-state={state} title={text}>
      {text}
    </p>
  );
}

interface ThemePickerProps {
  choice: ThemeChoice;
  onChoice(choice: ThemeChoice): void;
}

const ThemePicker = ({ choice, onChoice }: ThemePickerProps) => (
  <select
    aria-label="Theme"
    title="Theme"
    value={choice}
    onChange={({ target }) => onChoice(target.value as ThemeChoice)}
  >
    {THEMES.map((one) => (
      <option key={one} value={one}>
        {TITLES[one]}
      </option>
    ))}
  </select>
);

const TITLES: Record<ThemeChoice, string> = { system: 'System', light: 'Light', dark: 'Dark' };
