/** Files that have been saved, whose contents differ. */
export interface SavedFiles {
  /** Absolute paths. */
  paths: string[];
  /** Whether some of them are new or gone. */
  cameOrWent: boolean;
}

export const NOTHING_SAVED: SavedFiles = { paths: [], cameOrWent: false };

export const together = (a: SavedFiles, b: SavedFiles): SavedFiles => ({
  paths: [...new Set([...a.paths, ...b.paths])],
  cameOrWent: a.cameOrWent || b.cameOrWent,
});
