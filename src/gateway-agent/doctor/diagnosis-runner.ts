import { z } from 'zod';
import type { Directive } from '../../contract/directive.js';
import type { ControlPlane } from '../control-plane.js';
import { errorText, type Log } from '../log.js';
import { diagnose } from './diagnose.js';
import type { DoctorContext } from './doctor-context.js';

export interface DiagnosisRunnerSettings {
  readonly context: () => DoctorContext;
  readonly controlPlane: Pick<ControlPlane, 'ask'>;
  readonly log: Log;
}

/** Ids remembered: a wish rides on every heartbeat until its answer came. */
const MAX_DONE = 50;

/** Makes a diagnosis when the control plane wants one, each once, one at a time. */
export class DiagnosisRunner {
  private readonly done = new Set<string>();
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;

  constructor(private readonly settings: DiagnosisRunnerSettings) {}

  want(wanted: Directive['diagnosis']): void {
    if (!wanted || this.running || this.done.has(wanted.id) || this.stopping.signal.aborted) return;
    this.done.add(wanted.id);
    const [oldest] = this.done;
    if (this.done.size > MAX_DONE && oldest !== undefined) this.done.delete(oldest);
    this.running = this.run(wanted.id).finally(() => {
      this.running = undefined;
    });
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(id: string): Promise<void> {
    const { context, controlPlane, log } = this.settings;
    const { signal } = this.stopping;
    try {
      const report = await diagnose(context(), signal);
      if (signal.aborted) return;
      await controlPlane.ask(z.unknown(), { method: 'PUT', path: `diagnoses/${id}`, body: report, signal });
      log.info({ event: 'diagnosed', verdict: report.verdict, findings: report.findings.length }, 'a diagnosis was asked for and made'); // prettier-ignore
    } catch (error) {
      if (!signal.aborted)
        log.warn({ event: 'diagnosis-failed', reason: errorText(error) }, 'a diagnosis could not be told');
    }
  }
}
