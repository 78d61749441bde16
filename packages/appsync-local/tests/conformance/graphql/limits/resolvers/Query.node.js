export function request() {
  return { payload: null };
}

export function response() {
  return { id: 'a', need: 'x', next: { id: 'b', need: 'y', next: { id: 'c', need: 'z' } } };
}
