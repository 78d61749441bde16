/** What a deployment would lose, or break for those who use the stage. */
export interface Loss {
  /** What `--allow` takes: `replace:DataItems2E91B8E8`, `schema:Query.getItem`. */
  name: string;
  /** What would happen, in a sentence. */
  what: string;
  /** The way out: how to make the change without the loss, or what to do before allowing it. */
  instead: string;
}
