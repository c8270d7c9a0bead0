import { z } from 'zod';
import { envelopeSchema } from './envelope.js';

/** `skipped`: it could not be looked at, because something before it is wrong. */
export const VERDICTS = ['ok', 'warn', 'fail', 'skipped'] as const;
export const verdictSchema = z.enum(VERDICTS);
export type Verdict = z.infer<typeof verdictSchema>;

/** One thing that was looked at. Names of checks that this control plane does not know are kept. */
export const findingSchema = z.object({
  /** As a word: `control-plane-tls`, `source`. */
  check: z.string().min(1).max(64),
  /** Which one, where a check is made several times: a host with its port, a connection's id. */
  subject: z.string().max(300).optional(),
  verdict: verdictSchema,
  /** What was seen, in one sentence. Never a secret, never what stands in the machine's own policy. */
  seen: z.string().max(600),
  /** What to do about it; absent when nothing is to be done. */
  remedy: z.string().max(600).optional(),
  /** How long the other side took to answer, in milliseconds. */
  latencyMs: z.number().min(0).optional(),
});
export type Finding = z.infer<typeof findingSchema>;

/** Most findings of one report; a gateway's further connections are counted in one line. */
export const MAX_FINDINGS = 400;

/** Body of `PUT /agent/v1/diagnoses/{id}`: what `tidegate-agent doctor` found. */
export const diagnosisReportSchema = z.object({
  agentVersion: z.string().max(64),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  /** The worst of the findings. */
  verdict: z.enum(['ok', 'warn', 'fail']),
  findings: z.array(findingSchema).max(MAX_FINDINGS),
});
export type DiagnosisReport = z.infer<typeof diagnosisReportSchema>;

/** A connection as its gateway's members see it: what any request over it would bring them. */
export const memberConnectionSchema = envelopeSchema.shape.connection.extend({ displayName: z.string() });
export type MemberConnection = z.infer<typeof memberConnectionSchema>;

/** Connections of one answer. */
export const MEMBER_CONNECTIONS_PAGE = 50;

/** Answer of `GET /agent/v1/connections`, in order of their ids. */
export const memberConnectionsSchema = z.object({
  value: z.array(memberConnectionSchema).max(MEMBER_CONNECTIONS_PAGE),
  /** Id after which the next answer begins; absent at the end. */
  next: z.guid().optional(),
});
export type MemberConnections = z.infer<typeof memberConnectionsSchema>;
