import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { TransferFailure } from './transfer-failure.ts';

/** A small JSON file that survives kill -9 and a power cut: written to a temporary file, forced to disk, renamed. */
export class StateFile<State extends object> {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** @throws TransferFailure when it exists and cannot be read */
  read(): State | null {
    try {
      return JSON.parse(readFileSync(this.path, 'utf8')) as State;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
        return null;
      }
      throw new TransferFailure(
        `${this.path} cannot be read: ${(error as Error).message}; pass --restart to begin anew`,
      );
    }
  }

  write(state: State): void {
    const aside = `${this.path}.next`;
    const file = openSync(aside, 'w', 0o600);
    try {
      writeSync(file, JSON.stringify(state));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(aside, this.path);
  }

  remove(): void {
    rmSync(this.path, { force: true });
  }
}
