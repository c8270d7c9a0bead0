import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { readSettings } from '../../src/gateway-agent/settings.js';

const DEPLOY = resolve(import.meta.dirname, '../../deploy/agent');
const read = (name: string) => readFileSync(join(DEPLOY, name), 'utf8');

/** Fields of the Kubernetes API (1.29) that the manifest uses: everything else is a misspelling. */
const labels = z.record(z.string(), z.string());
const name = z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
const quantity = z.string().regex(/^\d+(m|Mi|Gi)?$/);
const metadata = z.strictObject({ name, namespace: name.optional(), labels: labels.optional() });
const selector = z.strictObject({ matchLabels: labels });
const resources = z.strictObject({ requests: z.record(z.string(), quantity), limits: z.record(z.string(), quantity).optional() }); // prettier-ignore
const probe = z.strictObject({
  exec: z.strictObject({ command: z.array(z.string()) }),
  timeoutSeconds: z.int(),
  periodSeconds: z.int(),
  failureThreshold: z.int(),
});
const container = z.strictObject({
  name,
  image: z.string().regex(/:\d+\.\d+\.\d+$/, 'an image is named with its version'),
  command: z.array(z.string()).optional(),
  args: z.array(z.string()),
  env: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[A-Z_]+$/),
        valueFrom: z.strictObject({ configMapKeyRef: z.strictObject({ name, key: z.string() }) }),
      }),
    )
    .optional(),
  securityContext: z.strictObject({
    allowPrivilegeEscalation: z.literal(false),
    readOnlyRootFilesystem: z.literal(true),
    capabilities: z.strictObject({ drop: z.tuple([z.literal('ALL')]) }),
  }),
  resources,
  startupProbe: probe.optional(),
  livenessProbe: probe.optional(),
  volumeMounts: z.array(
    z.strictObject({ name, mountPath: z.string(), subPath: z.string().optional(), readOnly: z.boolean().optional() }),
  ),
});
const secret = z.strictObject({ secretName: name, optional: z.boolean().optional(), defaultMode: z.int().max(0o777) });
/** No hostPath: the policy `restricted`, which the namespace is under, refuses it. */
const volume = z.union([
  z.strictObject({ name, emptyDir: z.strictObject({ medium: z.literal('Memory'), sizeLimit: quantity }) }),
  z.strictObject({ name, secret }),
]);
const pod = z.strictObject({
  serviceAccountName: name,
  automountServiceAccountToken: z.literal(false),
  enableServiceLinks: z.literal(false),
  terminationGracePeriodSeconds: z.int().min(30),
  securityContext: z.strictObject({
    runAsNonRoot: z.literal(true),
    runAsUser: z.int().min(1),
    runAsGroup: z.int().min(1),
    fsGroup: z.int().min(1),
    fsGroupChangePolicy: z.enum(['OnRootMismatch', 'Always']),
    seccompProfile: z.strictObject({ type: z.literal('RuntimeDefault') }),
  }),
  initContainers: z.array(container),
  containers: z.array(container).length(1),
  volumes: z.array(volume),
});
const claim = z.strictObject({
  metadata: z.strictObject({ name }),
  spec: z.strictObject({
    accessModes: z.array(z.enum(['ReadWriteOnce', 'ReadWriteOncePod'])),
    resources: z.strictObject({ requests: z.strictObject({ storage: quantity }) }),
  }),
});
const peer = z.union([
  z.strictObject({ namespaceSelector: selector }),
  z.strictObject({ ipBlock: z.strictObject({ cidr: z.cidrv4(), except: z.array(z.cidrv4()).optional() }) }),
]);
const port = z.strictObject({ protocol: z.enum(['TCP', 'UDP']), port: z.int() });
const resource = z.discriminatedUnion('kind', [
  z.strictObject({ apiVersion: z.literal('v1'), kind: z.literal('Namespace'), metadata }),
  z.strictObject({ apiVersion: z.literal('v1'), kind: z.literal('ServiceAccount'), metadata, automountServiceAccountToken: z.literal(false) }),
  z.strictObject({ apiVersion: z.literal('v1'), kind: z.literal('ConfigMap'), metadata, data: labels }),
  z.strictObject({
    apiVersion: z.literal('v1'),
    kind: z.literal('Service'),
    metadata,
    spec: z.strictObject({ clusterIP: z.literal('None'), selector: labels }),
  }),
  z.strictObject({
    apiVersion: z.literal('apps/v1'),
    kind: z.literal('StatefulSet'),
    metadata,
    spec: z.strictObject({
      serviceName: name,
      replicas: z.literal(1),
      selector,
      template: z.strictObject({ metadata: z.strictObject({ labels }), spec: pod }),
      volumeClaimTemplates: z.array(claim),
    }),
  }),
  z.strictObject({
    apiVersion: z.literal('networking.k8s.io/v1'),
    kind: z.literal('NetworkPolicy'),
    metadata,
    spec: z.strictObject({
      podSelector: selector,
      policyTypes: z.tuple([z.literal('Ingress'), z.literal('Egress')]),
      ingress: z.array(z.never()),
      egress: z.array(z.strictObject({ to: z.array(peer), ports: z.array(port) })),
    }),
  }),
]); // prettier-ignore

const documents = parseAllDocuments(read('kubernetes.yaml'), { merge: true }).map(
  (document) => document.toJS() as unknown,
);
const resources_ = documents.map((document) => resource.parse(document));
const set = resources_.find((one) => one.kind === 'StatefulSet');
if (!set) throw new Error('there is no StatefulSet');
const { spec } = set.spec.template;

describe('the Kubernetes manifest', () => {
  it('names only volumes that are there, and one account for all of it', () => {
    const volumes = [...spec.volumes, ...set.spec.volumeClaimTemplates.map((one) => one.metadata)].map(
      (one) => one.name,
    );
    for (const { volumeMounts } of [...spec.initContainers, ...spec.containers])
      for (const mount of volumeMounts) expect(volumes).toContain(mount.name);
    const settings = resources_.find((one) => one.kind === 'ConfigMap')?.data ?? {};
    for (const { valueFrom } of spec.initContainers[0]?.env ?? [])
      expect(Object.keys(settings)).toContain(valueFrom.configMapKeyRef.key);
    for (const one of resources_) if (one.kind !== 'Namespace') expect(one.metadata.namespace).toBe('tidegate');
    expect(set.spec.selector.matchLabels).toEqual(set.spec.template.metadata.labels);
  });

  it('gives the agent command lines that it takes', () => {
    const [init] = spec.initContainers;
    const [agent] = spec.containers;
    const values: Record<string, string> = { CONTROL_PLANE: 'https://g.example/', GATEWAY_NAME: 'g', REGION: 'westeurope' }; // prettier-ignore
    const words = init?.args.map((word) => word.replace(/\$\((\w+)\)/, (_, key: string) => values[key] ?? '')) ?? [];
    const production = { NODE_ENV: 'production' };
    expect(readSettings(words, production)).toMatchObject({ command: 'register', name: 'g', ifUnregistered: true });
    expect(readSettings(agent?.args ?? [], production)).toMatchObject({ command: 'run', managed: false });
    const probed = agent?.livenessProbe?.exec.command.slice(2) ?? [];
    expect(readSettings(probed, production)).toMatchObject({ command: 'status', stateDir: '/var/lib/tidegate-agent/member' }); // prettier-ignore
  });

  it('would not pass with a misspelt field', () => {
    const broken = structuredClone(documents[4]) as { spec: { template: { spec: Record<string, unknown> } } };
    expect(resource.safeParse(broken).success).toBe(true);
    broken.spec.template.spec['automountServiceAcountToken'] = false;
    expect(resource.safeParse(broken).success).toBe(false);
  });
});

describe('the image', () => {
  const lines = read('Dockerfile').split('\n');
  const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));

  it('runs as nobody in particular, exposes nothing, says how it is', () => {
    expect(last[0]).toMatch(/^FROM gcr\.io\/distroless\/nodejs\d+-debian12:nonroot$/);
    expect(last.filter((line) => /^USER (?!root|0)\d+:\d+$/.test(line))).toHaveLength(1);
    expect(last.some((line) => line.startsWith('HEALTHCHECK'))).toBe(true);
    expect(lines.some((line) => line.startsWith('EXPOSE'))).toBe(false);
  });
});

describe('the installers', () => {
  it('are a script for any POSIX shell', () => {
    expect(execFileSync('sh', ['-n', join(DEPLOY, 'install.sh')]).toString()).toBe('');
    expect(read('install.sh')).not.toMatch(/\[\[ |^\s*(local|function) |<<<|\$'/m);
  });

  it.each([
    ['install.sh', /--[a-z][a-z-]+/g],
    ['install.ps1', /'--[a-z][a-z-]+'/g],
  ])('give the agent only flags that it knows: %s', (script, pattern) => {
    const text = read(script).replaceAll(/^\s*#.*$/gm, '');
    const enrolment = /enrol\(\) \{[\s\S]*?\n\}|function Register-Agent[\s\S]*?\n\}/.exec(text)?.[0] ?? '';
    const flags = new Set((enrolment.match(pattern) ?? []).map((flag) => flag.replaceAll("'", '')));
    expect(flags.size).toBeGreaterThan(8);
    flags.delete('--gateway');
    const values: Record<string, string> = {
      '--control-plane': 'https://g.example',
      '--root-fingerprint': 'A'.repeat(43),
    };
    const words = [...flags].flatMap((flag) => [flag, values[flag] ?? 'x']);
    expect(() => readSettings(['register', ...words], {})).not.toThrow();
  });

  it('for Windows close every bracket and string that they open', () => {
    expect(openAtEnd(read('install.ps1'))).toEqual([]);
    expect(openAtEnd('function X { "a $(1 + 2) }" ')).toEqual(['{']);
  });
});

/** What of a PowerShell script is still open at its end: the closest to a compiler that there is without Windows. */
function openAtEnd(script: string): string[] {
  const pairs: Record<string, string> = { ')': '(', ']': '[', '}': '{' };
  const open: string[] = [];
  // Strings and comments hold brackets of their own.
  const code = script.replaceAll(/#.*$|'(?:[^']|'')*'|"(?:[^"`]|`.|"")*"/gm, '');
  for (const sign of code) {
    if ('([{'.includes(sign)) open.push(sign);
    else if (sign in pairs && open.pop() !== pairs[sign]) return ['crossed', sign];
    else if (sign === '"' || sign === "'") return ['string', sign];
  }
  return open;
}
