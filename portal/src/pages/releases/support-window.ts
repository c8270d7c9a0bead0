import type { AnswerOf } from '../../../../src/client/tidegate-client.js';

export type Release = AnswerOf<'get', '/v1/releases'>['value'][number];

/** How many releases are supported. The API says which; this places the end of those that are not any more. */
const SUPPORTED_RELEASES = 6;

export interface SupportSpan {
  readonly release: Release;
  /** Publication of the release that ended the support; undefined while it lasts. */
  readonly endedAt: string | undefined;
  /** Whether the next release ends it. */
  readonly isEnding: boolean;
  /** Where it begins and how long it lasts, in percent of the time from the first release until now. */
  readonly startPercent: number;
  readonly percent: number;
}

/** The support of each release on one time line, in the order given. */
export function supportSpans(releases: readonly Release[], now: Date): readonly SupportSpan[] {
  const dates = releases.map(({ publishedAt }) => Date.parse(publishedAt)).sort((a, b) => a - b);
  const first = dates[0] ?? now.getTime();
  const whole = Math.max(1, now.getTime() - first);
  const supported = releases.filter((one) => one.supported);
  const lastSupported = supported.length >= SUPPORTED_RELEASES ? supported.at(-1) : undefined;
  return releases.map((release) => {
    const start = Date.parse(release.publishedAt);
    const end = release.supported
      ? now.getTime()
      : (dates.filter((one) => one > start)[SUPPORTED_RELEASES - 1] ?? start);
    return {
      release,
      endedAt: release.supported ? undefined : new Date(end).toISOString(),
      isEnding: release === lastSupported,
      startPercent: (Math.max(0, start - first) / whole) * 100,
      percent: (Math.max(0, end - start) / whole) * 100,
    };
  });
}
