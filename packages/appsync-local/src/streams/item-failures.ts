/** A function's response about its batch: the number of records that were handled, counted from the first. */
export type Handled = { all: true } | { all: false; handled: number; reason: string };

const EVERYTHING: Handled = { all: true };

/**
 * Reads the response of a function with ReportBatchItemFailures: a retry starts at the lowest sequence number named. Nothing,
 * an empty list or a response without one means that everything succeeded; an entry without a sequence number of the batch
 * means that nothing did (Lambda developer guide, "Configuring partial batch response with DynamoDB and Lambda").
 *
 * @param sequenceNumbers of the batch, in order
 */
export function readItemFailures(answer: unknown, sequenceNumbers: string[]): Handled {
  if (answer === null || answer === undefined || answer === '') {
    return EVERYTHING;
  }
  if (typeof answer !== 'object') {
    return nothing(`its answer is not an object but ${JSON.stringify(answer)}`);
  }
  const failures = (answer as { batchItemFailures?: unknown }).batchItemFailures ?? [];
  if (!Array.isArray(failures)) {
    return nothing('its batchItemFailures is not a list');
  }
  const places = failures.map((failure) => sequenceNumbers.indexOf(identifierOf(failure)));
  if (places.length === 0) {
    return EVERYTHING;
  }
  if (places.includes(-1)) {
    return nothing('an itemIdentifier is not a SequenceNumber of the batch');
  }
  return { all: false, handled: Math.min(...places), reason: `it reported ${places.length} failed` };
}

const nothing = (reason: string): Handled => ({ all: false, handled: 0, reason });

function identifierOf(failure: unknown): string {
  const identifier = (failure as { itemIdentifier?: unknown } | null)?.itemIdentifier;
  return typeof identifier === 'string' ? identifier : '';
}
