#!/usr/bin/env node
import { runCommand } from './run-command.js';
import { ProcessShell } from './settings.js';

// A reader such as `head` may have had enough; what the command does, it does to its end.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const code = await runCommand(new ProcessShell(), process.argv.slice(2));
if (code !== undefined) process.exitCode = code;
