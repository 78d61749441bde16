import { useMemo, useState } from 'react';
import { Button } from 'react-aria-components';

/** Rows that are added at once: a row is a handful of elements that listen for keys, and there can be thousands. */
const AT_ONCE = 100;

/** The first of many rows, and how to show more. @param from an index that is shown from the start */
export function useSome<T>(all: T[], from = 0): { some: T[]; left: number; showMore: () => void } {
  const [most, setMost] = useState(AT_ONCE * Math.ceil((from + 1) / AT_ONCE));
  const some = useMemo(() => all.slice(0, most), [all, most]);
  return { some, left: all.length - some.length, showMore: () => setMost(most + AT_ONCE) };
}

/** What is not shown, if anything. */
export const ShowMore = ({ left, showMore }: { left: number; showMore: () => void }) =>
  left > 0 && (
    <div className="tools">
      <span>{left} more</span>
      <Button className="button" onPress={showMore}>
        {`Show ${Math.min(left, AT_ONCE)} more`}
      </Button>
    </div>
  );
