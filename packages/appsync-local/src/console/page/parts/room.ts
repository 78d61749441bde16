import type { ComponentType, LazyExoticComponent } from 'react';
import type { Console } from '../api/console.ts';

export interface RoomProps {
  console: Console;
  /** The theme in use, after asking the system. */
  theme: 'light' | 'dark';
  /** False while another room is shown; a room that was opened once stays mounted. */
  isShown: boolean;
}

/** A part of the console with a tab of its own. */
export interface Room {
  /** The part of the address after `#`. */
  id: string;
  title: string;
  /** Runs when it is opened first. */
  Content: LazyExoticComponent<ComponentType<RoomProps>>;
}
