import { texts } from '../texts/texts.js';

/** Shown when not even the settings could be read: without the design system, which may be what failed. */
export function StartFailure({ error }: { error: unknown }) {
  return (
    <main role="alert" style={{ maxWidth: '36rem', margin: '4rem auto', padding: '0 1rem', fontFamily: 'system-ui' }}>
      <h1>{texts.start.title}</h1>
      <p>{texts.start.remedy}</p>
      <p>{error instanceof Error ? error.message : null}</p>
      <button onClick={() => window.location.reload()}>{texts.start.again}</button>
    </main>
  );
}
