/** What a proof cannot do, or what it found, for people: commands print only its message. */
export class ProofFailure extends Error {
  override readonly name = 'ProofFailure';
}
