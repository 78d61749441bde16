/** What the types cannot be made from; its message is for people. */
export class TypesFailure extends Error {
  override readonly name = 'TypesFailure';
}
