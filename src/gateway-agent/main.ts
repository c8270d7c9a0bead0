#!/usr/bin/env node
import { PRODUCT_VERSION } from '../contract/version.js';
import { CommandError, EXIT_CODES } from './exit-codes.js';
import { HELP } from './help.js';
import { register } from './register.js';
import { run } from './run.js';
import { readSettings, type Settings } from './settings.js';
import { describeStatus, reportStatus } from './status-report.js';
import { ProcessTerminal } from './terminal.js';
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
    case 'run':
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
