import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { FailurePanel } from '../../parts/failure-panel.js';
import { texts } from '../../texts/texts.js';

export interface FormDialogProps {
  readonly title: string;
  readonly action: string;
  readonly children: ReactNode;
  readonly onSubmit: () => Promise<unknown>;
  readonly onClose: () => void;
  readonly isReady?: boolean;
}

/** A few fields and one deed; it closes once that is done, and stays with what was typed when it failed. */
export function FormDialog({ title, action, children, onSubmit, onClose, isReady = true }: FormDialogProps) {
  const run = useMutation({ mutationFn: onSubmit, onSuccess: onClose });
  return (
    <Dialog open onOpenChange={(_event, { open }) => !open && !run.isPending && onClose()}>
      <DialogSurface>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (isReady && !run.isPending) run.mutate();
          }}
        >
          <DialogBody>
            <DialogTitle>{title}</DialogTitle>
            <DialogContent>
              {children}
              {run.error && <FailurePanel error={run.error} />}
            </DialogContent>
            <DialogActions>
              <Button onClick={onClose} disabled={run.isPending}>
                {texts.parts.cancel}
              </Button>
              <Button appearance="primary" type="submit" disabled={!isReady || run.isPending}>
                {run.isPending ? texts.parts.saving : action}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
