import { Button, Spinner, Tooltip } from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons';
import { useRef, useState } from 'react';
import { usePortal } from '../../app/use-portal.js';
import { FailurePanel } from '../../parts/failure-panel.js';
import { openFile } from '../../parts/save-file.js';
import { texts } from '../../texts/texts.js';
import { sizeOf } from './size-of.js';

const { audit } = texts;
/** How many bytes come before the number on the page is renewed. */
const TOLD_BYTES = 262_144;

/** Downloads the record piece by piece: it may be larger than memory. */
export function ExportRecord() {
  const { client } = usePortal();
  const [written, setWritten] = useState<number>();
  const [done, setDone] = useState<number>();
  const [failure, setFailure] = useState<unknown>();
  const stopping = useRef<AbortController>(undefined);
  const run = async () => {
    setFailure(undefined);
    setDone(undefined);
    const sink = await openFile(`audit-${new Date().toISOString().slice(0, 10)}.ndjson`, 'application/x-ndjson');
    if (!sink) return;
    const { signal } = (stopping.current = new AbortController());
    setWritten(0);
    try {
      const body = (await client.get('/v1/audit/export', { parseAs: 'stream', signal })) as ReadableStream<Uint8Array>;
      let bytes = 0;
      let told = 0;
      for await (const chunk of body) {
        await sink.write(chunk);
        bytes += chunk.byteLength;
        if (bytes - told >= TOLD_BYTES) setWritten((told = bytes));
      }
      await sink.close();
      setDone(bytes);
    } catch (error) {
      await sink.abort();
      if (!signal.aborted) setFailure(error);
    } finally {
      setWritten(undefined);
    }
  };
  return (
    <>
      <Tooltip content={audit.exportHint} relationship="description">
        <Button
          icon={<ArrowDownloadRegular />}
          disabled={written !== undefined}
          onClick={() => void run().catch(setFailure)}
        >
          {audit.export}
        </Button>
      </Tooltip>
      <span role="status">
        {written !== undefined && <Spinner size="tiny" label={audit.exporting(sizeOf(written))} />}
        {done !== undefined && audit.exported(sizeOf(done))}
      </span>
      {written !== undefined && <Button onClick={() => stopping.current?.abort()}>{audit.stop}</Button>}
      {failure !== undefined && <FailurePanel error={failure} />}
    </>
  );
}
