import type { ReactNode } from 'react';

/** What is known of a function, in words. */
export const Facts = ({ facts }: { facts: [name: string, value: ReactNode][] }) => (
  <dl className="function-facts">
    {facts.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);

/** Several things in one fact, with commas. */
export const Several = ({ of }: { of: ReactNode[] }) => (
  <>
    {of.map((one, index) => (
      <span key={index}>
        {index > 0 && ', '}
        {one}
      </span>
    ))}
  </>
);
