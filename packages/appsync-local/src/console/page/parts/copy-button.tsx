import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import { copy } from '../ground/clipboard.ts';

/** Milliseconds for which the button says what it did. */
const SHOWN_MS = 1500;

export interface CopyButtonProps {
  /** What the button is called. */
  children: string;
  /** Called when the button is pressed. */
  text: () => string | Promise<string>;
  /** Explains the button. */
  title?: string;
}

/** Copies a text and says so. */
export function CopyButton({ children, text, title }: CopyButtonProps) {
  const [said, setSaid] = useState<string>();
  useEffect(() => {
    const timer = said === undefined ? undefined : setTimeout(() => setSaid(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const press = (): void => {
    copyOf(text).then(
      () => setSaid('Copied'),
      (error: Error) => setSaid(error.message),
    );
  };
  return (
    <span title={title}>
      <Button className="button" onPress={press}>
        {children}
      </Button>
      <span className="said" role="status">
        {said}
      </span>
    </span>
  );
}

const copyOf = async (text: CopyButtonProps['text']): Promise<void> => copy(await text());
