#!/usr/bin/env node
import { PRODUCT_VERSION } from '../contract/version.js';
import { CommandError, EXIT_CODES } from './exit-codes.js';
import { HELP } from './help.js';
import { readSettings, type Settings } from './settings.js';
import { describeStatus, reportStatus } from './status-report.js';
import { ProcessTerminal } from './terminal.js';

/** Loads what the command needs and nothing else: the launcher, which lies beside every agent, so stays small. @returns the exit code */
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
      const record = await (await import('./register.js')).register(settings, terminal);
      terminal.print(`Registered: gateway ${record.gatewayName} (${record.gatewayId}), member ${record.memberId}.`);
      return EXIT_CODES.ok;
    }
    case 'join':
    case 'restore':
    case 'takeover': {
      const record = await (await import('./recovery/admission.js')).beAdmitted(settings, terminal);
      terminal.print(`Admitted: gateway ${record.gatewayName} (${record.gatewayId}), member ${record.memberId}.`);
      return EXIT_CODES.ok;
    }
    case 'drill': {
      const record = await (await import('./recovery/drill.js')).drill(settings, terminal);
      terminal.print(`The recovery key of gateway ${record.gatewayName} is right.`);
      return EXIT_CODES.ok;
    }
    case 'change-recovery-key': {
      const record = await (await import('./recovery/change-recovery-key.js')).changeRecoveryKey(settings, terminal);
      terminal.print(`Gateway ${record.gatewayName} has a new recovery key. The old one is of no use any more.`);
      return EXIT_CODES.ok;
    }
    case 'recovery-shares':
      if (settings.action === 'split')
        await (await import('./recovery/recovery-shares.js')).splitIntoShares(settings, terminal);
      else await (await import('./recovery/recovery-shares.js')).verifyShares(settings, terminal);
      return EXIT_CODES.ok;
    case 'trust': {
      const { generation } = await (
        await import('./trust-root.js')
      ).trustRoot(settings.stateDir, settings.rootFingerprint, settings.network);
      terminal.print(`The control plane's root of generation ${generation} is trusted. Start the agent.`);
      return EXIT_CODES.ok;
    }
    case 'reprotect': {
      await (await import('./reprotect.js')).reprotect(settings.stateDir);
      terminal.print(`The state folder ${settings.stateDir} belongs to this account alone.`);
      return EXIT_CODES.ok;
    }
    case 'run':
      if (settings.managed) return (await import('./launcher-run.js')).launch(settings);
      await (await import('./run.js')).run(settings);
      return EXIT_CODES.ok;
    case 'status': {
      const report = await reportStatus(settings.stateDir);
      terminal.print(settings.json ? JSON.stringify(report) : describeStatus(report));
      return report.running ? EXIT_CODES.ok : EXIT_CODES.idle;
    }
    case 'top': {
      const screen = process.stdout.isTTY && process.stdin.isTTY ? { output: process.stdout, input: process.stdin } : undefined; // prettier-ignore
      return (await import('./observability/top.js')).top(
        settings.stateDir,
        settings,
        (text) => terminal.print(text),
        screen,
      );
    }
    case 'doctor':
      return await (await import('./doctor/doctor.js')).doctor(settings, terminal);
    case 'support-bundle':
      await (await import('./support/support-bundle.js')).supportBundle(settings, terminal);
      return EXIT_CODES.ok;
    case 'policy':
      return await (await import('./policy/policy-command.js')).policyCommand(settings, terminal);
    case 'network':
      terminal.print(await (await import('./network/network-commands.js')).describeNetwork(settings));
      return EXIT_CODES.ok;
    case 'ports': {
      const { text, servable } = await (await import('./network/network-commands.js')).runPortTest(settings);
      terminal.print(text);
      return servable ? EXIT_CODES.ok : EXIT_CODES.unreachable;
    }
    case 'service':
      return await (await import('./service/service.js')).service(settings, terminal);
    case 'unregister': {
      const record = await (await import('./unregister.js')).unregister(settings.stateDir, settings.network);
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
