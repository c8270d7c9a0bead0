import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
} from '@fluentui/react-components';
import { useState, type ReactNode } from 'react';
import { texts } from '../texts/texts.js';
import { FailurePanel } from './failure-panel.js';

export interface ConfirmByNameProps {
  readonly title: string;
  /** What will happen, and what cannot be taken back. */
  readonly children: ReactNode;
  readonly name: string;
  readonly action: string;
  readonly onConfirm: () => Promise<void>;
  readonly onClose: () => void;
}

/** Asks for the name of what will be gone before it goes. */
export function ConfirmByName({ title, children, name, action, onConfirm, onClose }: ConfirmByNameProps) {
  const [typed, setTyped] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const confirm = async () => {
    setBusy(true);
    setFailure(undefined);
    try {
      await onConfirm();
      onClose();
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog open onOpenChange={(_event, { open }) => !open && !isBusy && onClose()}>
      <DialogSurface>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void confirm();
          }}
        >
          <DialogBody>
            <DialogTitle>{title}</DialogTitle>
            <DialogContent>
              {children}
              <Field label={texts.parts.typeName(name)} style={{ marginTop: '1rem' }}>
                <Input value={typed} onChange={(_event, { value }) => setTyped(value)} autoComplete="off" />
              </Field>
              {failure !== undefined && <FailurePanel error={failure} />}
            </DialogContent>
            <DialogActions>
              <Button onClick={onClose} disabled={isBusy}>
                {texts.parts.cancel}
              </Button>
              <Button appearance="primary" type="submit" disabled={typed !== name || isBusy}>
                {action}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
