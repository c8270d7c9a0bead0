// One process of simulated members, told over IPC what to do by `members.mjs`.
import { subscribe } from 'node:diagnostics_channel';
import { generateKeyPairSync } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { placeOf } from './fleet-data.mjs';
import { loadAgent } from './simulated-member.mjs';

const [distDir, url, issuer, first, count] = process.argv.slice(2);
const simulatedMember = await loadAgent(distDir);

/** Times of this phase: of heartbeats in ms, of connects and answers as instants. */
const seen = { latencies: [], failures: {}, connects: [], attempts: [], firstAnswers: new Map(), answered: 0 };
subscribe('undici:client:connected', () => seen.connects.push(Date.now()));
subscribe('undici:client:connectError', () => seen.attempts.push(Date.now()));

const members = Array.from({ length: Number(count) }, (_, index) => {
  const n = Number(first) + index;
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const { memberId } = placeOf(n);
  const member = simulatedMember({
    url,
    issuer,
    memberId,
    identity: privateKey,
    onAnswered: (ms) => {
      seen.answered += 1;
      seen.latencies.push(ms);
      if (!seen.firstAnswers.has(n)) seen.firstAnswers.set(n, Date.now());
    },
    onFailed: (code) => (seen.failures[code] = (seen.failures[code] ?? 0) + 1),
  });
  return { n, member, identity: publicKey.export({ format: 'jwk' }).x };
});

const commands = {
  /** Starts all, each at its own time within `spreadMs`. */
  start: async ({ spreadMs }) => {
    await Promise.all(
      members.map(async ({ member }) => {
        await sleep(Math.random() * spreadMs);
        member.start();
      }),
    );
  },
  /** Begins a new phase. */
  forget: () => {
    Object.assign(seen, { latencies: [], failures: {}, connects: [], attempts: [], answered: 0 });
    seen.firstAnswers.clear();
  },
  ageTokens: () => members.forEach(({ member }) => member.ageToken(Math.random())),
  progress: () => ({ members: seen.firstAnswers.size }),
  report: () => ({ ...seen, firstAnswers: [...seen.firstAnswers.values()] }),
  stop: () => Promise.all(members.map(({ member }) => member.stop())),
};

process.on('message', async ({ command, ...options }) => {
  process.send({ answer: (await commands[command](options)) ?? null });
});
if (!process.connected) process.exit(0); // told to end while the keys were made
process.on('disconnect', () => process.exit(0));
process.send({ identities: members.map(({ identity }) => identity) });
