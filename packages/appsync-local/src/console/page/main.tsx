import './ground/nonce.ts';
import { createRoot } from 'react-dom/client';
import { createConsole } from './api/console.ts';
import { loadSettings } from './api/settings.ts';
import { Frame } from './frame/frame.tsx';
import { ROOMS } from './rooms.ts';

const console = createConsole(await loadSettings());
createRoot(document.getElementById('page')!).render(<Frame console={console} rooms={ROOMS} />);
