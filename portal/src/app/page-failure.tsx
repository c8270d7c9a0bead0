import { FailurePanel } from '../parts/failure-panel.js';

export function PageFailure({ error, onAgain }: { error: unknown; onAgain: () => void }) {
  return (
    <div style={{ padding: '1.5rem' }}>
      <FailurePanel error={error} onAgain={onAgain} />
    </div>
  );
}
