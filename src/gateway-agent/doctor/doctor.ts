import { EXIT_CODES } from '../exit-codes.js';
import type { Terminal } from '../terminal.js';
import { describeReport } from './describe-report.js';
import { diagnose } from './diagnose.js';
import type { DoctorSettings } from './doctor-place.js';
import { localContext } from './local-context.js';

/**
 * Looks at this machine and the ways from it, and prints what was found.
 *
 * @returns the exit code: warnings alone are no failure
 * @throws CommandError usage
 */
export async function doctor(settings: DoctorSettings, terminal: Terminal): Promise<number> {
  await using local = await localContext(settings);
  const report = await diagnose(local.context);
  terminal.print(settings.json ? JSON.stringify(report) : describeReport(report));
  return report.verdict === 'fail' ? EXIT_CODES.faulty : EXIT_CODES.ok;
}
