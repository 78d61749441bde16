/** Texts by their names in the folder of a front end. */
export type Files = Map<string, string>;
