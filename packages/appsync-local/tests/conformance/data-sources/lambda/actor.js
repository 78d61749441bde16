class OutOfStock extends Error {
  constructor(message) {
    super(message);
    this.name = 'OutOfStock';
  }
}

class UnauthorizedException extends Error {
  constructor(message) {
    super(message);
    this.name = 'UnauthorizedException';
  }
}

/** Does what the event, or a direct resolver's argument, says. */
exports.handler = async (event) => {
  const what = event?.do ?? event?.arguments?.what;
  if (what === 'throw') throw new Error('no');
  if (what === 'throw a class') throw new OutOfStock('none left');
  if (what === 'throw UnauthorizedException') throw new UnauthorizedException('secret reasons');
  if (what === 'sleep') await new Promise((resolve) => setTimeout(resolve, 5000));
  if (what === 'exit') process.exit(1);
  if (what === 'answer nothing') return undefined;
  if (what === 'answer errors as data') return { errorMessage: 'no', errorType: 'Own' };
  if (what === 'answer too much') return 'x'.repeat(7 * 1024 * 1024);
  return event?.arguments ? JSON.stringify(event) : event;
};
