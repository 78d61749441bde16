import { CopyButton } from './copy-button.tsx';

/** Characters that a browser lays out at once; the whole can be copied. */
const SHOWN = 100_000;

/** A value as text: JSON, or a text as it is. */
export function Value({ name, value }: { name: string; value: unknown }) {
  const text = typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? 'null');
  const left = text.length - SHOWN;
  return (
    <figure className="value">
      <figcaption>
        <span>{name}</span>
        <CopyButton text={() => text}>Copy</CopyButton>
      </figcaption>
      <pre tabIndex={0} aria-label={name} role="group">
        {left > 0 ? `${text.slice(0, SHOWN)}\n… ${left} more characters; Copy has them` : text}
      </pre>
    </figure>
  );
}
