import type { TableProps } from 'react-aria-components';

/** Of a table in which one row is chosen: the arrow keys go from one to the next, and Escape chooses none. */
export const oneRow = (
  chosen: string | undefined,
  choose: (row: string | undefined) => void,
): Pick<TableProps, 'selectionMode' | 'selectionBehavior' | 'selectedKeys' | 'onSelectionChange'> => ({
  selectionMode: 'single',
  selectionBehavior: 'replace',
  selectedKeys: chosen === undefined ? [] : [chosen],
  onSelectionChange: (keys) => choose(keys === 'all' ? undefined : [...keys].map(String)[0]),
});
