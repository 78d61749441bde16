/** A function offered to code. */
export interface Helper {
  (...given: never[]): unknown;
  /** Whether undefined members of its arguments reach it as null. @default they are dropped, as in JSON */
  seesUndefined?: true;
}

/** Functions and namespaces offered to code, as plain objects of functions. */
export type HelperTree = { [name: string]: HelperTree | Helper };

/** Makes a helper see members that are undefined. */
export const seeingUndefined = (helper: Helper): Helper =>
  Object.assign((...given: never[]) => helper(...given), { seesUndefined: true as const });
