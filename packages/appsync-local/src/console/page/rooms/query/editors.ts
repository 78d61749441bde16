import type { Editor } from 'codemirror';
import { useEffect } from 'react';

/** For screen readers, since Tab is a character in an editor. */
const LEAVE_HINT = 'Press Escape, then Tab to leave this editor.';

/** While it is in force, Tab moves the focus as it does everywhere else. */
const LEAVING = { Tab: false, 'Shift-Tab': false } as const;

/**
 * Gives an editor of GraphiQL a name, lets the keyboard leave it with Escape and Tab (CodeMirror 5 manual, "Make Tab move the focus"),
 * and lets the keyboard scroll it.
 */
export function useAccessible(editor: Editor | null, name: string): void {
  useEffect(() => (editor ? makeAccessible(editor, name) : undefined), [editor, name]);
}

function makeAccessible(editor: Editor, name: string): () => void {
  const input = editor.getInputField();
  const scroller = editor.getScrollerElement();
  editor.setOption('screenReaderLabel', name);
  input.setAttribute('aria-description', LEAVE_HINT);
  // One stop for Tab, which is the element that scrolls: it hands the focus on to the input before it in the document.
  input.tabIndex = -1;
  scroller.tabIndex = 0;
  scroller.setAttribute('role', 'group');
  scroller.setAttribute('aria-label', name);

  const enter = (): void => editor.focus();
  const leave = (): void => {
    editor.addKeyMap(LEAVING as never);
    scroller.tabIndex = -1;
  };
  const stay = (): void => {
    editor.removeKeyMap(LEAVING as never);
    scroller.tabIndex = 0;
  };
  const pressed = (_editor: Editor, event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      leave();
    } else if (!['Tab', 'Shift'].includes(event.key)) {
      stay();
    }
  };
  scroller.addEventListener('focus', enter);
  editor.on('keydown', pressed);
  editor.on('blur', stay);
  return () => {
    scroller.removeEventListener('focus', enter);
    editor.off('keydown', pressed);
    editor.off('blur', stay);
  };
}
