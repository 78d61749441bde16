import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import type { Shortcut } from './shortcuts.ts';

export interface KeysDialogProps {
  shortcuts: Shortcut[];
  isOpen: boolean;
  onOpen(isOpen: boolean): void;
}

/** All keys of the page. */
export const KeysDialog = ({ shortcuts, isOpen, onOpen }: KeysDialogProps) => (
  <ModalOverlay className="overlay" isOpen={isOpen} onOpenChange={onOpen} isDismissable>
    <Modal className="modal">
      <Dialog>
        <Heading slot="title">Keys</Heading>
        <table>
          <tbody>
            {shortcuts.map(({ keys, title }) => (
              <tr key={keys}>
                <th scope="row">
                  <kbd>{keys}</kbd>
                </th>
                <td>{title}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <Button slot="close" className="button">
          Close
        </Button>
      </Dialog>
    </Modal>
  </ModalOverlay>
);
