import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DIRECTIVE_TYP } from '../../src/contract/directive.js';
import { sealCredential } from '../../src/contract/sealed-credential.js';
import { AgentUnderTest, hanging, text } from '../support/agent-under-test.js';
import { until } from '../support/until.js';

describe('what is wanted of a member', () => {
  let test: AgentUnderTest;
  beforeAll(async () => {
    test = await AgentUnderTest.start();
  });
  afterAll(() => test[Symbol.asyncDispose]());
  beforeEach(async () => {
    await test.plane.want();
    await hear();
    await until('a member that works', () => last()?.receiving && !last()?.draining);
    test.connector.requests.length = 0;
    test.connector.script = () => Promise.resolve(text('ok'));
  });

  const hear = () => test.replica.control(randomUUID(), { type: 'refresh' });
  const last = () => test.plane.heartbeats.at(-1);
  const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

  it('is a drain: it takes no more, finishes what runs, says so, and works again when it is over', async () => {
    const { plane, replica, connector } = test;
    let finish: () => void = () => undefined;
    connector.script = async () => {
      await new Promise<void>((resolve) => (finish = resolve));
      return text('finished');
    };
    const running = await replica.ask();
    await until('the read to be under way', () => connector.requests.length === 1);
    await plane.want({ revision: 1, drain: { deadline: inSeconds(60) } });
    await hear();
    await until('the drain', () => last()?.draining && !last()?.receiving);
    expect(last()?.inFlight).toBe(1);
    const waiting = await replica.ask();
    finish();
    expect((await replica.answer(running)).body.toString()).toBe('finished');
    await until('the end of the drain', () => last()?.draining && last()?.inFlight === 0);
    expect(connector.requests).toHaveLength(1);

    connector.script = () => Promise.resolve(text('again'));
    await plane.want();
    await hear();
    expect((await replica.answer(waiting)).body.toString()).toBe('again');
    await until('work again', () => last()?.receiving && !last()?.draining);
  });

  it('is a drain with an end: what has not finished by then is ended, and nothing new is begun', async () => {
    const { plane, replica, connector } = test;
    connector.script = hanging;
    const running = await replica.ask();
    await until('the read to be under way', () => connector.requests.length === 1);
    await plane.want({ revision: 2, drain: { deadline: inSeconds(1) } });
    await hear();
    expect((await replica.answer(running)).head).toMatchObject({ error: { outcome: 'not-executed' } });
    await until('the end of the drain', () => last()?.draining && last()?.inFlight === 0);
    const named = await replica.ask({ addressed: true });
    expect((await replica.answer(named)).head).toMatchObject({ error: { code: 'GATEWAY_BUSY' } });
  });

  it('is not what an unknown key signed, nor what an older revision said', async () => {
    const { plane } = test;
    await plane.want({ revision: 4 });
    const older = plane.directive;
    await plane.want({ revision: 5, thresholds: { cpuPercent: 0, memoryPercent: 0 } });
    await hear();
    await until('the directive to be kept', async () =>
      (await test.folder.read('trust.json'))?.toString().includes('"revision":5'),
    );
    const claims = { gatewayId: plane.gatewayId, memberId: plane.memberId, revision: 6, drain: { deadline: inSeconds(60) } }; // prettier-ignore
    const forged = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'EdDSA', typ: DIRECTIVE_TYP })
      .setIssuer(plane.url)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(generateKeyPairSync('ed25519').privateKey);
    const certificate = older?.certificate ?? '';
    for (const directive of [{ jws: forged, certificate }, older]) {
      const before = test.logs.filter((line) => line.includes('directive-refused')).length;
      plane.directive = directive;
      await hear();
      await until('the refusal', () => test.logs.filter((line) => line.includes('directive-refused')).length > before);
    }
    expect(last()).toMatchObject({ draining: false, receiving: true });
  });

  it('is a rotation: the leader re-seals what is stored, and forgets the old key', async () => {
    const { plane } = test;
    const { gateway } = plane;
    const before = gateway.sealingKey;
    for (let index = 0; index < 5; index += 1) {
      gateway.credentials.set(randomUUID(), await sealCredential(before, [{ name: 'password', value: 'ebb' }]));
    }
    const rotationId = gateway.startRotation(plane.memberId);
    await plane.want({ revision: 6, rotation: { rotationId, leads: true } });
    await hear();
    await until('the old key to go', () => gateway.rotation?.state === 'done' && last()?.keyIds?.length === 1 && test.logged('sealing-keys-dropped')); // prettier-ignore
    expect(gateway.sealingKey).not.toEqual(before);
    const [sealed] = gateway.credentials.values();
    test.connector.script = ({ secret }) => Promise.resolve(text(secret.get('password') ?? 'nothing'));
    const asked = await test.replica.ask({ connection: { credentialType: 'Basic', credential: sealed } });
    expect((await test.replica.answer(asked)).body.toString()).toBe('ebb');
  }, 40_000);

  it('is no work at all on a machine whose clock is far off, which it can still tell', async () => {
    const { plane } = test;
    await test.agent.stop();
    plane.clockAheadMs = 10 * 60_000;
    const before = plane.heartbeats.length;
    const running = test.run().catch((error: unknown) => error);
    await until('the member to say what is wrong', () =>
      plane.heartbeats
        .slice(before)
        .some(({ conditions, receiving }) => conditions?.includes('clock-off') && !receiving),
    );
    await test.replica.ask();
    expect(test.connector.requests).toHaveLength(0);
    plane.clockAheadMs = 0;
    await hear();
    await running;
    expect(last()?.conditions).toEqual([]);
  }, 40_000);
});
