import { ReloadIcon, ToolbarButton } from '@graphiql/react';
import type { ReactNode } from 'react';
import type { Console } from '../../api/console.ts';

export interface ToolsProps {
  /** GraphiQL's own. */
  buttons: { prettify: ReactNode; merge: ReactNode; copy: ReactNode };
  console: Console;
}

/** The buttons beside the operation. */
export const Tools = ({ buttons: { prettify, merge, copy }, console }: ToolsProps) => (
  <>
    {prettify}
    {merge}
    {copy}
    <ToolbarButton label="Read the schema again" onClick={() => void console.loadSchema()}>
      <ReloadIcon className="graphiql-toolbar-icon" aria-hidden="true" />
    </ToolbarButton>
  </>
);
