import { Button, Spinner } from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { createSender } from '../../../../src/client/sender.js';
import { usePortal } from '../../app/use-portal.js';
import { FailurePanel } from '../../parts/failure-panel.js';
import { openFile } from '../../parts/save-file.js';
import { texts } from '../../texts/texts.js';
import { reportCsv } from './report-csv.js';
import type { EligibleFilter } from './use-licences.js';

const { licences: words } = texts;

/** Saves the whole report, also what is not yet shown. */
export function ExportReport({ isEligible }: { isEligible: EligibleFilter }) {
  const { signIn } = usePortal();
  const [rows, setRows] = useState(0);
  const save = useMutation({
    mutationFn: async () => {
      setRows(0);
      const file = await openFile('licences.csv', 'text/csv');
      if (!file) return;
      const send = createSender({ token: () => signIn.token(), fetch: (request) => fetch(request) });
      const encoder = new TextEncoder();
      try {
        for await (const part of reportCsv({ send, origin: window.location.origin }, isEligible)) {
          await file.write(encoder.encode(part));
          setRows((before) => before + Math.max(0, part.split('\r\n').length - 1));
        }
      } catch (error) {
        await file.abort();
        throw error;
      }
      await file.close();
    },
  });
  return (
    <div>
      <Button icon={<ArrowDownloadRegular />} disabledFocusable={save.isPending} onClick={() => save.mutate()}>
        {words.export}
      </Button>
      <span role="status">{save.isPending && <Spinner size="tiny" label={words.exporting(rows)} />}</span>
      {save.error && <FailurePanel error={save.error} />}
    </div>
  );
}
