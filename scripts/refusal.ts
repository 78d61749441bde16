/** What the command line asks for cannot be done. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
