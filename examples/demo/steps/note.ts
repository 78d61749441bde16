/** Id of the item without a kind that the tour writes, hears of, fights over and deletes. */
export const NOTE_ID = 'note-1';

/** A mutation's input as a developer thinks of it: the payload as the JSON it stands for. */
export interface NoteInput {
  payload?: unknown;
  expectedVersion?: number;
}

/** The input as it goes over the wire, where a payload is AWSJSON: a string of JSON. */
export const noteInput = ({ payload, ...more }: NoteInput) => ({
  id: NOTE_ID,
  payload: JSON.stringify(payload),
  ...more,
});

/** The input as the tour shows it. */
export const shownNote = (input: NoteInput): string => JSON.stringify({ id: NOTE_ID, ...input });
