/** What a program writes to its standard streams meanwhile. */
export interface CapturedOutput {
  printed(): string;
  errors(): string;
  /** Lets the streams go on as before. */
  end(): void;
}

export function captureOutput(): CapturedOutput {
  const out = capture(process.stdout);
  const err = capture(process.stderr);
  return {
    printed: () => out.text,
    errors: () => err.text,
    end: () => [out, err].forEach(({ end }) => end()),
  };
}

function capture(stream: NodeJS.WriteStream): { text: string; end(): void } {
  const write = stream.write;
  const captured = { text: '', end: () => void (stream.write = write) };
  stream.write = ((chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    captured.text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    const done = rest.find((one) => typeof one === 'function') as (() => void) | undefined;
    done?.();
    return true;
  }) as typeof stream.write;
  return captured;
}
