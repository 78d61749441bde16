/** Answers each member with itself and the members it came with. */
exports.handler = async (event) => {
  if (!Array.isArray(event)) return event.source ? `${event.source.n} alone` : `${event.n} alone`;
  const isDirect = event[0].info !== undefined;
  const numbers = event.map((one) => (isDirect ? one.source.n : one.n));
  const answer = (n) => `${n} of ${numbers.join(' ')}`;
  const what = isDirect ? event[0].info.fieldName : event[0].what;
  if (what === 'thrown') throw new Error('no batch');
  if (what === 'short') return numbers.slice(1).map(answer);
  if (what === 'noList') return { answers: numbers.map(answer) };
  if (what === 'perItem')
    return numbers.map((n) => (n % 2 ? { errorMessage: `odd ${n}`, errorType: 'Odd' } : answer(n)));
  if (isDirect)
    return numbers.map((n) =>
      n === 1 ? { data: null, errorMessage: 'gone', errorType: 'NotFound', more: 1 } : { data: answer(n) },
    );
  return numbers.map((n) => (n === 1 && what === 'batched' ? null : answer(n)));
};
