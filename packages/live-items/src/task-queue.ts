import { type ApiError, asApiError } from './api-error.ts';
import type { ItemChange } from './types.ts';

/** A received change, or the order to read what happened before the changes that follow. */
export type Task = ItemChange | 'catch up';

export interface TaskQueueEvents {
  /** Adjacent changes are passed together. */
  perform(task: ItemChange[] | 'catch up'): Promise<void>;
  /** All tasks are done. */
  emptied(): void;
  /** A task failed; later ones were not begun. */
  failed(reason: ApiError): void;
}

/** Performs tasks in order, one at a time. */
export class TaskQueue {
  readonly #events: TaskQueueEvents;
  #tasks: Task[] = [];
  #state: 'idle' | 'working' | 'ended' = 'idle';

  constructor(events: TaskQueueEvents) {
    this.#events = events;
  }

  add(tasks: readonly Task[]): void {
    if (this.#state === 'ended') {
      return;
    }
    this.#tasks.push(...tasks);
    if (this.#state === 'idle') {
      void this.#work();
    }
  }

  /** Whether a task waits. */
  has(task: Task): boolean {
    return this.#tasks.includes(task);
  }

  /** Starts no further task. */
  end(): void {
    this.#state = 'ended';
    this.#tasks = [];
  }

  async #work(): Promise<void> {
    this.#state = 'working';
    try {
      while (this.#tasks.length > 0) {
        await this.#events.perform(this.#takeNext());
      }
    } catch (error) {
      return this.#events.failed(asApiError(error));
    }
    if (this.#state === 'working') {
      this.#state = 'idle';
      this.#events.emptied();
    }
  }

  /** The changes up to the next order to catch up, or that order. */
  #takeNext(): ItemChange[] | 'catch up' {
    const length = this.#tasks.indexOf('catch up');
    if (length === 0) {
      this.#tasks.shift();
      return 'catch up';
    }
    return this.#tasks.splice(0, length < 0 ? this.#tasks.length : length) as ItemChange[];
  }
}
