#!/usr/bin/env node
import { PRODUCT_VERSION } from '../contract/version.js';
import { CommandError, EXIT_CODES } from './exit-codes.js';
import { HELP } from './help.js';
import { launch } from './launcher-run.js';
import { beAdmitted } from './recovery/admission.js';
import { changeRecoveryKey } from './recovery/change-recovery-key.js';
import { drill } from './recovery/drill.js';
import { splitIntoShares, verifyShares } from './recovery/recovery-shares.js';
import { register } from './register.js';
import { reprotect } from './reprotect.js';
import { run } from './run.js';
import { readSettings, type Settings } from './settings.js';
import { describeStatus, reportStatus } from './status-report.js';
import { ProcessTerminal } from './terminal.js';
import { trustRoot } from './trust-root.js';
import { unregister } from './unregister.js';

/** @returns the exit code */
async function execute(settings: Settings): Promise<number> {
  const terminal = new ProcessTerminal();
  switch (settings.command) {
    case 'help':
      terminal.print(HELP);
      return EXIT_CODES.ok;
    case 'version':
      terminal.print(PRODUCT_VERSION);
      return EXIT_CODES.ok;
    case 'register': {
      const record = await register(settings, terminal);
      terminal.print(`Registered: gateway ${record.gatewayName} (${record.gatewayId}), member ${record.memberId}.`);
      return EXIT_CODES.ok;
    }
    case 'join':
    case 'restore':
    case 'takeover': {
      const record = await beAdmitted(settings, terminal);
      terminal.print(`Admitted: gateway ${record.gatewayName} (${record.gatewayId}), member ${record.memberId}.`);
      return EXIT_CODES.ok;
    }
    case 'drill': {
      const record = await drill(settings, terminal);
      terminal.print(`The recovery key of gateway ${record.gatewayName} is right.`);
      return EXIT_CODES.ok;
    }
    case 'change-recovery-key': {
      const record = await changeRecoveryKey(settings, terminal);
      terminal.print(`Gateway ${record.gatewayName} has a new recovery key. The old one is of no use any more.`);
      return EXIT_CODES.ok;
    }
    case 'recovery-shares':
      if (settings.action === 'split') await splitIntoShares(settings, terminal);
      else await verifyShares(settings, terminal);
      return EXIT_CODES.ok;
    case 'trust': {
      const { generation } = await trustRoot(settings.stateDir, settings.rootFingerprint);
      terminal.print(`The control plane's root of generation ${generation} is trusted. Start the agent.`);
      return EXIT_CODES.ok;
    }
    case 'reprotect': {
      await reprotect(settings.stateDir);
      terminal.print(`The state folder ${settings.stateDir} belongs to this account alone.`);
      return EXIT_CODES.ok;
    }
    case 'run':
      if (settings.managed) return launch(settings);
      await run(settings);
      return EXIT_CODES.ok;
    case 'status': {
      const report = await reportStatus(settings.stateDir);
      terminal.print(settings.json ? JSON.stringify(report) : describeStatus(report));
      return report.running ? EXIT_CODES.ok : EXIT_CODES.idle;
    }
    case 'unregister': {
      const record = await unregister(settings.stateDir);
      terminal.print(`Member ${record.memberName} has left gateway ${record.gatewayName}.`);
      return EXIT_CODES.ok;
    }
  }
}

try {
  process.exitCode = await execute(readSettings(process.argv.slice(2)));
} catch (error) {
  if (error instanceof CommandError) {
    process.stderr.write(`${error.message}\n${error.remedy}\n`);
    process.exitCode = error.exitCode;
  } else {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : 'unknown failure'}\n`);
    process.exitCode = EXIT_CODES.unexpected;
  }
}
